package dev.lantern.ordercenter.accounting;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.settle.Retrier;
import dev.lantern.ordercenter.settle.SetAsideOrder;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Books now what one user was promised: outstanding tokens by the same insert as settlement, so
/// that the order number settles the race with it, then orders that are being retried.
///
/// A token leaves Redis only after the commit that handled its outcome (S5). What cannot be booked
/// stays as it was: nothing is parked here that settlement would not park, and no try of a retried
/// order is used up. Bounds: [#MOST] tokens and rows a call, and `patience`.
public final class UserForcing {
  static final int MOST = 500;

  private final TokenStore tokens;
  private final SetAsideRows rows;
  private final Forcing forcing;
  private final Retrier retrier;
  private final Clock clock;
  private final Duration patience;

  public UserForcing(
      TokenStore tokens,
      SetAsideRows rows,
      Forcing forcing,
      Retrier retrier,
      Clock clock,
      Duration patience) {
    this.tokens = tokens;
    this.rows = rows;
    this.forcing = forcing;
    this.retrier = retrier;
    this.clock = clock;
    this.patience = patience;
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
  public Forced settle(long actId, String activityId) {
    Call call = new Call(clock.now());
    List<StoredToken> outstanding =
        tokens.ofUser(actId).stream()
            .filter(token -> isOf(activityId, token.promise().parentActivityId()))
            .toList();
    call.force(outstanding);
    call.retry(setAside(actId, activityId));
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
    private final Set<String> told = new HashSet<>();
    private int known;

    Call(Moment begun) {
      this.begun = begun;
    }

    private boolean isLate() {
      return clock.now().since(begun).compareTo(patience) >= 0;
    }

    void force(List<StoredToken> outstanding) {
      List<StoredToken> done = new ArrayList<>();
      try {
        for (StoredToken token : outstanding.subList(0, Math.min(MOST, outstanding.size()))) {
          if (isLate()) {
            stays(token, "TIME");
          } else if (handled(token)) {
            done.add(token);
          }
        }
        outstanding.stream().skip(MOST).forEach(token -> stays(token, "TIME"));
      } finally {
        if (!done.isEmpty()) {
          tokens.remove(done);
        }
      }
    }

    private boolean handled(StoredToken token) {
      return switch (forcing.force(token.promise(), false)) {
        case FORCED -> {
          booked.add(
              new Booked(
                  token.promise().orderNo().text(), token.promise().outcome().amount().value()));
          yield true;
        }
        case KNOWN -> {
          known++;
          yield true;
        }
        case PARKED -> true;
        case LATER -> {
          stays(token, "BUSY");
          yield false;
        }
      };
    }

    private void stays(StoredToken token, String why) {
      String orderNo = token.promise().orderNo().text();
      told.add(orderNo);
      remaining.add(
          new Remaining(
              orderNo,
              token.promise().outcome().amount().value(),
              OrderState.ORDER_STATE_PROCESSING,
              why));
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
