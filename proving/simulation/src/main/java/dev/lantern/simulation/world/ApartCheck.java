package dev.lantern.simulation.world;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.AcceptResult;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.settle.Posting;
import dev.lantern.simulation.ledger.OrderEntry;
import dev.lantern.simulation.ledger.Tables;
import dev.lantern.token.v1.RedPacketToken;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Law APART: what a user is told, and every row of it, is of the stage that holds the time they
/// asked for, by [Stages]' own table and not by what production made of it.
final class ApartCheck {
  private final Tables tables;
  private final Stages stages;
  private final Witness witness;
  private final Map<String, OrderNo> numbers = new HashMap<>();

  ApartCheck(Tables tables, Stages stages, Witness witness) {
    this.tables = tables;
    this.stages = stages;
    this.witness = witness;
  }

  /// A user was told.
  void told(AcceptRequest expected, AcceptResult result) {
    switch (result) {
      case AcceptResult.Accepted accepted -> {
        if (!accepted.orderNo().equals(expected.orderNo())) {
          witness.broken("APART", accepted.orderNo() + " for " + expected.orderNo());
        }
        String child = childOf(accepted);
        if (!child.equals(expected.childActivityId())) {
          witness.broken("APART", expected.orderNo() + " is told to be of " + child);
        }
      }
      case AcceptResult.Refused(var refusal) -> {
        // Nobody asks for one of these in two ways.
        if (refusal.reason() == Reason.REASON_ORDER_CONFLICT) {
          witness.broken("APART", expected.orderNo() + " is taken for another order");
        }
      }
    }
  }

  /// After every change of the ledger.
  void check() {
    for (OrderEntry order : tables.orders()) {
      OrderNo number = number(order.orderNo());
      String child = childOf(number);
      boolean daily = number.round().equals(Stages.DAILY);
      if (!order.activityId().equals(child)
          || order.stage() != number.stage()
          || (daily && !isOf(order.openTime(), number.stage()))) {
        witness.broken(
            "APART", number + " of " + order.openTime() + " is booked under " + order.activityId());
      }
    }
    for (Posting posting : tables.postings()) {
      OrderNo number = number(posting.orderNo());
      if (!posting.childActivityId().equals(childOf(number))) {
        witness.broken("APART", number + " is posted under " + posting.childActivityId());
      }
    }
  }

  private OrderNo number(String text) {
    return numbers.computeIfAbsent(text, number -> OrderNo.parse(number).orElseThrow());
  }

  private boolean isOf(Instant openTime, Stage stage) {
    return stages.at(openTime).filter(stage::equals).isPresent();
  }

  private static String childOf(OrderNo number) {
    return number.round().equals(Stages.DAILY) ? Stages.child(number.stage()) : Campaign.CHILD;
  }

  private static String childOf(AcceptResult.Accepted accepted) {
    try {
      return RedPacketToken.parseFrom(accepted.token().getPayload()).getActivityId();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
