package dev.lantern.ordercenter.inquiry;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Epochs;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A user's orders, newest first: the ledger's rows and what is outstanding, merged.
///
/// Redis is read first, then the ledger at one instant (W1): an order that is booked in between is
/// seen in one of the two. Its place is when it was accepted and its number, before and after; so
/// what was there when the first page was read comes exactly once, whatever happens between pages.
/// When tokens cannot be read, or Redis has lost some (W2), `complete` says so.
public final class OrderList {
  /// Of what is outstanding so much is looked at a page.
  static final int MOST_OUTSTANDING = 500;

  private final Outstanding tokens;
  private final UserOrders ledger;
  private final Epochs epochs;

  public OrderList(Outstanding tokens, UserOrders ledger, Epochs epochs) {
    this.tokens = tokens;
    this.ledger = ledger;
    this.epochs = epochs;
  }

  /// Some of them.
  ///
  /// @param next the place of the last one; empty at the end
  /// @param complete whether nothing outstanding can be missing
  record Page(List<ListedOrder> orders, Optional<OrderPlace> next, boolean complete) {}

  Page page(Lane lane, OrderScope scope, Optional<OrderPlace> after, int size) {
    Optional<Outstanding.Tokens> promised = promised(lane, scope.actId());
    List<ListedOrder> all =
        promised.stream()
            .flatMap(found -> found.orders().stream())
            .filter(order -> scope.holds(order.getActivityId(), order.getChildActivityId()))
            .map(MysqlUserOrders::listed)
            .filter(order -> after.isEmpty() || order.place().isAfter(after.get()))
            .sorted(Comparator.comparing(ListedOrder::place))
            .toList();
    List<ListedOrder> some = all.subList(0, Math.min(all.size(), MOST_OUTSTANDING));
    UserOrders.Found found =
        ledger.read(scope, after, size + 1, some.stream().map(ListedOrder::orderNo).toList());
    // What lies beyond the last one looked at is for a later page.
    Optional<OrderPlace> end =
        all.size() > some.size() ? Optional.of(some.getLast().place()) : Optional.empty();
    boolean complete =
        promised
            .flatMap(Outstanding.Tokens::epoch)
            .filter(epoch -> epochs.isSettled(epoch.id()))
            .isPresent();
    return merged(found, some, after, end, size, complete);
  }

  private static Page merged(
      UserOrders.Found found,
      List<ListedOrder> promised,
      Optional<OrderPlace> after,
      Optional<OrderPlace> end,
      int size,
      boolean complete) {
    Map<String, ListedOrder> outstanding = new HashMap<>();
    Stream.concat(promised.stream(), found.waiting().stream())
        .filter(order -> !found.booked().contains(order.orderNo()))
        .filter(order -> after.isEmpty() || order.place().isAfter(after.get()))
        .forEach(order -> outstanding.putIfAbsent(order.orderNo(), order));
    List<ListedOrder> orders =
        Stream.concat(found.rows().stream(), outstanding.values().stream())
            .filter(order -> end.isEmpty() || !order.place().isAfter(end.get()))
            .sorted(Comparator.comparing(ListedOrder::place))
            .limit(size + 1L)
            .toList();
    if (orders.size() > size) {
      List<ListedOrder> page = orders.subList(0, size);
      return new Page(page, Optional.of(page.getLast().place()), complete);
    }
    return new Page(orders, end, complete);
  }

  private Optional<Outstanding.Tokens> promised(Lane lane, long actId) {
    try {
      return Optional.of(tokens.ofUser(lane, actId));
    } catch (RedisUnavailableException away) {
      return Optional.empty();
    }
  }
}
