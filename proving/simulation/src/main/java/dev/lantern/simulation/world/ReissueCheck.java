package dev.lantern.simulation.world;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.reissue.Payment;
import dev.lantern.ordercenter.reissue.Reissue;
import dev.lantern.ordercenter.settle.Posting;
import dev.lantern.simulation.ledger.OrderEntry;
import dev.lantern.simulation.ledger.ReissueEntry;
import dev.lantern.simulation.ledger.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// K2 as a law: what operators meant to pay, held against the ledger after every change of it.
///
/// ONCE: nobody is paid under a number that nobody asked for. SUM: a row says that it is paid when
/// and only when its money is there. A reissue parks nothing (ADR 0009).
final class ReissueCheck {
  private final Tables tables;
  private final Witness witness;
  private final Map<String, Payment> meant = new HashMap<>();

  ReissueCheck(Tables tables, Witness witness) {
    this.tables = tables;
    this.witness = witness;
  }

  /// An operator is about to hand this in.
  void means(List<Payment> payments) {
    payments.forEach(payment -> meant.put(payment.orderNo().text(), payment));
  }

  /// The most that a user's wallet may show on account of it.
  long mostOf(long user, String child) {
    if (!child.equals(Campaign.CHILD)) {
      return 0;
    }
    return meant.values().stream()
        .filter(payment -> payment.orderNo().actId().value() == user)
        .mapToLong(Payment::amountFen)
        .sum();
  }

  void check() {
    if (meant.isEmpty()) {
      return;
    }
    Set<String> paid = new HashSet<>();
    for (Posting posting : tables.postings()) {
      String number = posting.orderNo();
      paid.add(number);
      if (!witness.isAskedFor(number) && !meant.containsKey(number)) {
        witness.broken("ONCE", number + " is paid, and nobody asked for it");
      }
    }
    for (ReissueEntry reissue : tables.reissues()) {
      reissue.rows().forEach(row -> check(row, paid));
    }
  }

  private void check(ReissueEntry.PaymentRow row, Set<String> paid) {
    String number = row.payment().orderNo().text();
    OrderEntry order = tables.order(number);
    boolean done = row.state() == Payment.State.PAID;
    if (done && (order == null || !paid.contains(number))) {
      witness.broken("SUM", number + " is told to be paid, and is not");
    }
    if (done && order != null && order.amountFen() != row.payment().amountFen()) {
      witness.broken("SUM", number + " is paid another amount than was meant");
    }
    if (row.payment().entitled() && !done && paid.contains(number)) {
      witness.broken("SUM", number + " is paid, and its row does not say so");
    }
    if (row.payment().entitled()
        && order != null
        && order.state() != OrderState.ORDER_STATE_SUCCESS) {
      witness.broken("PARK", number + " is " + order.state() + ", and was promised to nobody");
    }
  }

  /// What has not come to its end.
  List<String> left() {
    List<String> left = new ArrayList<>();
    for (ReissueEntry reissue : tables.reissues()) {
      boolean rests =
          reissue.state() == Reissue.State.DONE
              || (reissue.state() == Reissue.State.PAUSED
                  && reissue.note().startsWith("NO_BUDGET"));
      if (!rests) {
        left.add("reissue " + reissue.id() + " is " + reissue.state());
      }
    }
    return left;
  }
}
