package dev.lantern.ordercenter.settle;

import dev.lantern.order.v1.OrderState;
import java.util.Optional;

/// An order whose row is PARKED or RETRYING.
///
/// @param purse empty for what is booked without money, such as a MESSAGE
/// @param countedLease the lease that counts its unit; 0 when none does
/// @param seq the row as it was read: what a change is conditional on
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
    long seq) {}
