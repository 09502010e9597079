package dev.lantern.ordercenter.settle;

import dev.lantern.order.v1.OrderState;
import java.util.Optional;

/// An order whose row is PARKED or RETRYING.
///
/// @param purse empty for what is booked without money: a thing, or a MESSAGE
/// @param countedLease the lease that counts its unit; 0 when none does
/// @param seq the row as it was read: what a change is conditional on
/// @param thing whether a downstream gives it: then it goes on by asking, not by a posting
/// @param units what it takes of its budget
public record SetAsideOrder(
    long actId,
    String orderNo,
    String parentActivityId,
    String childActivityId,
    int partition,
    Optional<Purse> purse,
    long amountFen,
    long countedLease,
    OrderState state,
    int tries,
    long seq,
    boolean thing,
    long units) {
  /// Of money, or of a MESSAGE.
  public SetAsideOrder(
      long actId,
      String orderNo,
      String parentActivityId,
      String childActivityId,
      int partition,
      Optional<Purse> purse,
      long amountFen,
      long countedLease,
      OrderState state,
      int tries,
      long seq) {
    this(
        actId,
        orderNo,
        parentActivityId,
        childActivityId,
        partition,
        purse,
        amountFen,
        countedLease,
        state,
        tries,
        seq,
        false,
        amountFen);
  }

  /// What its row becomes when it goes on.
  OrderState resumed() {
    return thing ? OrderState.ORDER_STATE_GRANTING : OrderState.ORDER_STATE_SUCCESS;
  }
}
