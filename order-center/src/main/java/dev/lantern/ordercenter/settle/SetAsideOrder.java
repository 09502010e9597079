package dev.lantern.ordercenter.settle;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.order.Awards;
import java.time.Instant;
import java.util.Optional;

/// An order whose row is PARKED or RETRYING.
///
/// @param given what the user was promised
/// @param sceneId tells which limits it is under
/// @param countedLease the lease that counts its unit; 0 when none does
/// @param chargedLease the lease that is to count it from now on, where none has; else 0
/// @param acceptedAt tells the day it belongs to
/// @param reason why it is set aside
/// @param seq the row as it was read: what a change is conditional on
public record SetAsideOrder(
    long actId,
    String orderNo,
    String parentActivityId,
    String childActivityId,
    String sceneId,
    int partition,
    AwardType given,
    long amountFen,
    String budgetId,
    long countedLease,
    long chargedLease,
    OrderState state,
    Instant acceptedAt,
    String reason,
    int tries,
    long seq) {
  /// How the reason of an order begins that an operator has given back to settlement.
  public static final String RESUMED = "RESUMED: ";

  private static final int REASON_MAX = 200;

  /// Empty for what is booked without money, such as a MESSAGE.
  public Optional<Purse> purse() {
    return Purse.of(given);
  }

  /// Whether a downstream gives it: then it goes on by asking, not by a posting.
  public boolean thing() {
    return Awards.isThing(given);
  }

  /// What it takes of its budget: fen of money, one of a thing.
  public long units() {
    return thing() && !budgetId.isEmpty() ? 1 : amountFen;
  }

  /// What its row becomes when it goes on.
  public OrderState resumed() {
    return thing() ? OrderState.ORDER_STATE_GRANTING : OrderState.ORDER_STATE_SUCCESS;
  }

  /// The lease that counts it once it goes on.
  long leaseFromNowOn() {
    return chargedLease != 0 ? chargedLease : countedLease;
  }

  /// Whether it takes a unit of a budget that no lease has counted yet (L6).
  public boolean needsUnit() {
    return countedLease == 0 && units() > 0 && !budgetId.isEmpty();
  }

  /// The same, to be counted on a lease that the booking process holds itself.
  public SetAsideOrder chargedTo(long lease) {
    return new SetAsideOrder(
        actId,
        orderNo,
        parentActivityId,
        childActivityId,
        sceneId,
        partition,
        given,
        amountFen,
        budgetId,
        countedLease,
        lease,
        state,
        acceptedAt,
        reason,
        tries,
        seq);
  }

  /// Why it is put off again: an operator's decision on the daily cap outlives a failed try.
  String reasonWith(String why) {
    String all = waivesDailyCap() ? RESUMED + DailyCap.CODE + ": " + why : why;
    return all.substring(0, Math.min(all.length(), REASON_MAX));
  }

  /// Whether an operator has decided to pay it over its user's daily cap.
  public boolean waivesDailyCap() {
    return reason.startsWith(RESUMED + DailyCap.CODE);
  }
}
