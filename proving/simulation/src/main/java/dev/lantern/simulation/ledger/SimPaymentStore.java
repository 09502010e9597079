package dev.lantern.simulation.ledger;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.reissue.Payment;
import dev.lantern.ordercenter.reissue.PaymentStore;
import dev.lantern.ordercenter.reissue.Reissue;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Effects;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// [PaymentStore] over [Tables].
public class SimPaymentStore implements PaymentStore {
  private final Tables tables;
  private final SimBookingStore books;

  public SimPaymentStore(Tables tables) {
    this.tables = tables;
    this.books = new SimBookingStore(tables);
  }

  @Override
  public List<Reissue> running(int limit) {
    return tables.reissues.values().stream()
        .filter(reissue -> reissue.state == Reissue.State.RUNNING)
        .limit(limit)
        .map(ReissueEntry::read)
        .toList();
  }

  @Override
  public Optional<Hold> take(Reissue seen, String me) {
    ReissueEntry reissue = entry(seen.id());
    boolean same =
        reissue.state == Reissue.State.RUNNING
            && reissue.epoch == seen.epoch()
            && reissue.seq == seen.seq();
    if (!same) {
      return Optional.empty();
    }
    reissue.owner = me;
    reissue.epoch++;
    reissue.seq++;
    return Optional.of(new Hold(seen.id(), me, reissue.epoch));
  }

  @Override
  public boolean touch(Hold hold) {
    ReissueEntry reissue = entry(hold.reissueId());
    boolean ours = reissue.isHeldBy(hold);
    reissue.seq += ours ? 1 : 0;
    return ours;
  }

  @Override
  public List<Payment> pending(Hold hold, int limit) {
    return entry(hold.reissueId()).rows.values().stream()
        .filter(row -> row.state == Payment.State.PENDING)
        .limit(limit)
        .map(row -> row.payment)
        .toList();
  }

  @Override
  public Optional<OrderState> order(Payment payment) {
    String number = payment.orderNo().text();
    OrderEntry order = tables.orders.get(number);
    if (order != null) {
      return Optional.of(order.state());
    }
    return tables.inbox.containsKey(number)
        ? Optional.of(OrderState.ORDER_STATE_PROCESSING)
        : Optional.empty();
  }

  @Override
  public BookingStore.Result pay(Hold hold, Payment payment, Effects effects, Instant now) {
    ReissueEntry reissue = entry(hold.reissueId());
    ReissueEntry.PaymentRow row = Objects.requireNonNull(reissue.rows.get(payment.rowNo()));
    if (!reissue.isHeldBy(hold) || row.state != Payment.State.PENDING) {
      return new BookingStore.Result.NotMine();
    }
    BookingStore.Result written = books.commit(effects);
    if (written instanceof BookingStore.Result.Done) {
      reissue.seq++;
      row.state = Payment.State.PAID;
    }
    return written;
  }

  @Override
  public void end(Hold hold, Payment payment, Payment.State state, String note) {
    ReissueEntry reissue = entry(hold.reissueId());
    ReissueEntry.PaymentRow row = Objects.requireNonNull(reissue.rows.get(payment.rowNo()));
    if (reissue.isHeldBy(hold) && row.state == Payment.State.PENDING) {
      reissue.seq++;
      row.state = state;
      row.note = note;
    }
  }

  @Override
  public void pause(Hold hold, String note) {
    ReissueEntry reissue = entry(hold.reissueId());
    if (reissue.isHeldBy(hold)) {
      reissue.state = Reissue.State.PAUSED;
      reissue.note = note;
      reissue.seq++;
    }
  }

  @Override
  public void finish(Hold hold, Instant now) {
    ReissueEntry reissue = entry(hold.reissueId());
    if (reissue.isHeldBy(hold) && !reissue.isPending()) {
      reissue.state = Reissue.State.DONE;
      reissue.seq++;
    }
  }

  private ReissueEntry entry(String id) {
    return Objects.requireNonNull(tables.reissues.get(id));
  }
}
