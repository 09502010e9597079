package dev.lantern.ordercenter.reissue;

import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.Soundness;
import dev.lantern.ordercenter.settle.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Pays one row: by the same insert as settlement, so that the order number settles every race with
/// it (ONCE), and under a lease that this process holds (L6).
///
/// The row's state changes in the transaction that books, so a crash or a lost reply leaves either
/// both or neither: the row is looked at again and tells.
public final class Payer {
  static final int ATTEMPTS = 4;

  private final PaymentStore store;
  private final Intents intents;
  private final Leases leases;
  private final Clock clock;
  private final Lane lane;
  private final IntSupplier partitions;
  private final FundLimits limits;

  /// A payer within one lane.
  ///
  /// @param partitions how many the lane's logs have
  /// @param limits tell which days a payment counts towards; two people have decided that it is
  ///   paid, so it is held against none
  public Payer(
      PaymentStore store,
      Intents intents,
      Leases leases,
      Clock clock,
      Lane lane,
      IntSupplier partitions,
      FundLimits limits) {
    this.store = store;
    this.intents = intents;
    this.leases = leases;
    this.clock = clock;
    this.lane = lane;
    this.partitions = partitions;
    this.limits = limits.counting();
  }

  /// What came of it.
  public sealed interface Outcome {
    /// The row is at its end.
    record Ended(Payment.State state, String note) implements Outcome {}

    /// Its budget is spent for good.
    record NoBudget(String budgetId) implements Outcome {}

    /// Not now; the row is PENDING still, as far as is known.
    record Later() implements Outcome {}

    /// Somebody else pays, or nobody is to.
    record NotOurs() implements Outcome {}
  }

  public Outcome pay(PaymentStore.Hold hold, Reissue reissue, Payment payment) {
    Call call = new Call(hold, reissue, payment);
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Optional<Outcome> outcome = call.attempt();
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
      return new Outcome.Later();
    } finally {
      // Also when a store throws: where the unit may have been used it is not held any more.
      call.giveUnitBack();
    }
  }

  private final class Call {
    private final PaymentStore.Hold hold;
    private final Reissue reissue;
    private final Payment payment;
    private final int partition;
    private @Nullable Unit unit;

    Call(PaymentStore.Hold hold, Reissue reissue, Payment payment) {
      this.hold = hold;
      this.reissue = reissue;
      this.payment = payment;
      this.partition = Partitions.of(payment.orderNo().actId().value(), partitions.getAsInt());
    }

    Optional<Outcome> attempt() {
      Optional<OrderState> known = store.order(payment);
      if (known.isPresent()) {
        return Optional.of(known(known.get()));
      }
      // Read before Redis is asked (Intents): what leaves Redis in between is met by the insert.
      if (payment.amountFen() > reissue.caps().rowFen()) {
        return Optional.of(end(Payment.State.REFUSED, "OVER_CAP: more than a row may pay"));
      }
      if (unit == null) {
        switch (leases.take(payment.budgetId(), Fen.of(payment.amountFen()))) {
          case Take.Taken(Unit taken) -> unit = taken;
          case Take.SoldOut() -> {
            return Optional.of(new Outcome.NoBudget(payment.budgetId()));
          }
          case Take.Busy _, Take.Frozen _ -> {
            return Optional.of(new Outcome.Later());
          }
        }
      }
      return book(unit);
    }

    private Outcome known(OrderState state) {
      return switch (state) {
        case ORDER_STATE_SUCCESS -> end(Payment.State.ALREADY_BOOKED, "");
        case ORDER_STATE_PARKED, ORDER_STATE_RETRYING ->
            end(Payment.State.REFUSED, "SET_ASIDE: its order waits; resume that");
        case ORDER_STATE_GRANTING ->
            end(Payment.State.REFUSED, "GRANTING: a downstream is asked for it");
        case ORDER_STATE_DISCARDED ->
            end(Payment.State.REFUSED, "DISCARDED: an operator has ended its order");
        // It waits in the inbox: settlement books it before long.
        case ORDER_STATE_PROCESSING -> new Outcome.Later();
        case ORDER_STATE_UNSPECIFIED, UNRECOGNIZED ->
            end(Payment.State.REFUSED, "STATE: its order is " + state);
      };
    }

    private Optional<Outcome> book(Unit taken) {
      Instant now = clock.now().wall();
      Intents.Intent intent = intents.of(lane, reissue, payment, taken.leaseId().value(), now);
      switch (intent) {
        case Intents.Intent.Later() -> {
          return Optional.of(new Outcome.Later());
        }
        case Intents.Intent.Otherwise(String why) -> {
          return Optional.of(end(Payment.State.REFUSED, why));
        }
        case Intents.Intent.Pay(Promise promise) -> {
          Optional<String> flaw = Soundness.flaw(promise, lane, partition, partitions.getAsInt());
          return flaw.isPresent()
              ? Optional.of(end(Payment.State.REFUSED, flaw.get()))
              : commit(promise, taken.leaseId().value(), now);
        }
      }
    }

    private Optional<Outcome> commit(Promise promise, long lease, Instant now) {
      Verdict verdict = new Verdict.Book(new LogRecord.Promised(-1, promise, ""), promise, lease);
      Effects effects = Effects.of(List.of(verdict), partition, now, limits);
      return switch (store.pay(hold, payment, effects, now)) {
        case BookingStore.Result.Done() -> {
          unit = null;
          yield Optional.of(new Outcome.Ended(Payment.State.PAID, ""));
        }
        case BookingStore.Result.AlreadyThere() -> Optional.empty();
        case BookingStore.Result.Fenced() -> {
          // Our own lease was closed meanwhile: what is left of it came back by that.
          unit = null;
          yield Optional.empty();
        }
        case BookingStore.Result.NotMine() -> Optional.of(new Outcome.NotOurs());
        case BookingStore.Result.Refused(String why) ->
            Optional.of(end(Payment.State.REFUSED, why));
        case BookingStore.Result.Unknown() -> {
          // The unit may have been used: it is never put back.
          unit = null;
          yield Optional.of(new Outcome.Later());
        }
      };
    }

    private Outcome end(Payment.State state, String note) {
      store.end(hold, payment, state, note);
      return new Outcome.Ended(state, note);
    }

    void giveUnitBack() {
      if (unit != null) {
        leases.putBack(unit);
        unit = null;
      }
    }
  }
}
