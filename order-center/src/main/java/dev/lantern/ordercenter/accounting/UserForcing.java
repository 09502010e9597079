package dev.lantern.ordercenter.accounting;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.Retrier;
import dev.lantern.ordercenter.settle.SetAsideOrder;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Books now what one user was promised: outstanding tokens and what waits in the inbox by the same
/// insert as settlement, so that the order number settles the race with it, then orders that are
/// being retried. A row of the inbox counts on its own lease, which is not fenced while the row is
/// there; the row stays, for its partition's owner to meet as booked.
///
/// Without Redis nobody knows the tokens: the rest is settled all the same, and then the call
/// fails, so that nobody takes its answer for the whole.
///
/// A token leaves Redis only after the commit that handled its outcome (S5). What cannot be booked
/// stays as it was: nothing is parked here that settlement would not park, and no try of a retried
/// order is used up. Bounds: [#MOST] of tokens and of each kind of rows a call, and `patience`.
public final class UserForcing {
  private static final Logger LOG = LoggerFactory.getLogger(UserForcing.class);
  static final int MOST = 500;

  private final TokenStore tokens;
  private final WaitingRows inbox;
  private final SetAsideRows rows;
  private final Forcing forcing;
  private final Retrier retrier;
  private final Clock clock;
  private final Duration patience;

  public UserForcing(
      TokenStore tokens,
      WaitingRows inbox,
      SetAsideRows rows,
      Forcing forcing,
      Retrier retrier,
      Clock clock,
      Duration patience) {
    this.tokens = tokens;
    this.inbox = inbox;
    this.rows = rows;
    this.forcing = forcing;
    this.retrier = retrier;
    this.clock = clock;
    this.patience = patience;
  }

  /// What waits in the inbox of a user and can be read, oldest first.
  @FunctionalInterface
  public interface WaitingRows {
    List<Promise> ofUser(long actId, int limit);
  }

  /// The RETRYING and PARKED rows of a user, oldest first.
  @FunctionalInterface
  public interface SetAsideRows {
    List<SetAsideOrder> ofUser(long actId, int limit);
  }

  /// What was booked by this call.
  public record Booked(String orderNo, long amountFen) {}

  /// What was promised and is not booked.
  public record Remaining(String orderNo, long amountFen, OrderState state, String reason) {}

  /// What came of it.
  ///
  /// @param known tokens of orders that others had booked
  public record Forced(List<Booked> booked, List<Remaining> remaining, int known) {}

  /// Settles a user.
  ///
  /// @param activityId only this parent activity; empty: all
  /// @throws RedisUnavailableException when the tokens cannot be read; all else is settled by then
  public Forced settle(long actId, String activityId) {
    Call call = new Call(clock.now());
    Optional<RedisUnavailableException> away = call.forceTokens(actId, activityId);
    call.forceWaiting(
        inbox.ofUser(actId, MOST).stream()
            .filter(promise -> isOf(activityId, promise.parentActivityId()))
            .toList());
    call.retry(setAside(actId, activityId));
    if (away.isPresent()) {
      throw away.get();
    }
    call.tellRest(setAside(actId, activityId));
    return new Forced(call.booked, call.remaining, call.known);
  }

  private List<SetAsideOrder> setAside(long actId, String activityId) {
    return rows.ofUser(actId, MOST).stream()
        .filter(order -> isOf(activityId, order.parentActivityId()))
        // A thing is nothing that can be spent: its downstream takes the time it takes.
        .filter(order -> !order.thing())
        .toList();
  }

  private static boolean isOf(String activityId, String parent) {
    return activityId.isEmpty() || activityId.equals(parent);
  }

  private final class Call {
    private final Moment begun;
    private final List<Booked> booked = new ArrayList<>();
    private final List<Remaining> remaining = new ArrayList<>();
    private final Set<String> met = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private int known;

    Call(Moment begun) {
      this.begun = begun;
    }

    private boolean isLate() {
      return clock.now().since(begun).compareTo(patience) >= 0;
    }

    /// Forces what is outstanding, or tells why that cannot be read.
    Optional<RedisUnavailableException> forceTokens(long actId, String activityId) {
      try {
        force(
            tokens.ofUser(actId).stream()
                .filter(token -> isOf(activityId, token.promise().parentActivityId()))
                .toList());
        return Optional.empty();
      } catch (RedisUnavailableException away) {
        return Optional.of(away);
      }
    }

    private void force(List<StoredToken> outstanding) {
      List<StoredToken> done = new ArrayList<>();
      try {
        for (StoredToken token : outstanding.subList(0, Math.min(MOST, outstanding.size()))) {
          switch (forced(token.promise())) {
            case FORCED, PARKED -> done.add(token);
            case KNOWN -> {
              known++;
              done.add(token);
            }
            case LATER -> {}
          }
        }
        outstanding.stream().skip(MOST).forEach(token -> stays(token.promise(), "TIME"));
      } finally {
        remove(done);
      }
    }

    // A token that stays is met again, its order being known then.
    private void remove(List<StoredToken> done) {
      if (done.isEmpty()) {
        return;
      }
      try {
        tokens.remove(done);
      } catch (RedisUnavailableException away) {
        LOG.warn("{} tokens of booked orders stay for now", done.size());
      }
    }

    void forceWaiting(List<Promise> waiting) {
      for (Promise promise : waiting) {
        if (!met.contains(promise.orderNo().text())) {
          var _ = forced(promise);
        }
      }
    }

    private Forcing.Outcome forced(Promise promise) {
      met.add(promise.orderNo().text());
      if (isLate()) {
        stays(promise, "TIME");
        return Forcing.Outcome.LATER;
      }
      Forcing.Outcome outcome = forcing.force(promise, false);
      switch (outcome) {
        case FORCED ->
            booked.add(new Booked(promise.orderNo().text(), promise.outcome().amount().value()));
        case LATER -> stays(promise, "BUSY");
        case KNOWN, PARKED -> {}
      }
      return outcome;
    }

    private void stays(Promise promise, String why) {
      String orderNo = promise.orderNo().text();
      met.add(orderNo);
      told.add(orderNo);
      remaining.add(
          new Remaining(
              orderNo, promise.outcome().amount().value(), OrderState.ORDER_STATE_PROCESSING, why));
    }

    void retry(List<SetAsideOrder> orders) {
      for (SetAsideOrder order : orders) {
        boolean tried = order.state() == OrderState.ORDER_STATE_RETRYING && !isLate();
        if (tried && retrier.bookNow(order)) {
          booked.add(new Booked(order.orderNo(), order.amountFen()));
        }
      }
    }

    void tellRest(List<SetAsideOrder> orders) {
      for (SetAsideOrder order : orders) {
        if (told.add(order.orderNo())) {
          remaining.add(
              new Remaining(order.orderNo(), order.amountFen(), order.state(), order.reason()));
        }
      }
    }
  }
}
