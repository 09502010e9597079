package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.reissue.Payment;
import dev.lantern.ordercenter.reissue.PaymentStore.Hold;
import dev.lantern.ordercenter.reissue.Reissue;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/// A row of `reissues` with its rows of `reissue_rows`.
public final class ReissueEntry {
  final TreeMap<Integer, PaymentRow> rows = new TreeMap<>();
  private final Reissue made;
  Reissue.State state;
  String note = "";
  String owner = "";
  long epoch;
  long seq;

  ReissueEntry(Reissue made, Collection<Payment> payments) {
    this.made = made;
    this.state = made.state();
    payments.forEach(payment -> rows.put(payment.rowNo(), new PaymentRow(payment)));
  }

  public String id() {
    return made.id();
  }

  public Reissue.State state() {
    return state;
  }

  public String note() {
    return note;
  }

  public Collection<PaymentRow> rows() {
    return rows.values();
  }

  boolean isHeldBy(Hold hold) {
    return state == Reissue.State.RUNNING && owner.equals(hold.owner()) && epoch == hold.epoch();
  }

  boolean isPending() {
    return rows.values().stream().anyMatch(row -> row.state == Payment.State.PENDING);
  }

  Reissue read() {
    return new Reissue(
        made.id(),
        made.requestId(),
        made.cause(),
        made.activityId(),
        made.reason(),
        note,
        state,
        made.caps(),
        made.rowsPerSecond(),
        made.rows(),
        made.amountFen(),
        made.createdBy(),
        made.createdAt(),
        "",
        Optional.empty(),
        Optional.empty(),
        owner,
        epoch,
        seq);
  }

  /// A row of `reissue_rows`.
  public static final class PaymentRow {
    final Payment payment;
    Payment.State state = Payment.State.PENDING;
    String note = "";

    PaymentRow(Payment payment) {
      this.payment = payment;
    }

    public Payment payment() {
      return payment;
    }

    public Payment.State state() {
      return state;
    }
  }
}
