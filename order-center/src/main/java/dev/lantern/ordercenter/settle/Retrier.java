package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Instant;
import java.util.List;

/// Books RETRYING orders when they are due (S4). What fails again is put off with a growing delay,
/// and parked after [RetrySchedule#TRIES] tries.
///
/// Any number of retriers may run: booking is conditional on the row as it was read. Called about
/// once a second; at most [#AT_ONCE] orders a call.
public final class Retrier {
  static final int AT_ONCE = 50;

  private final BookingStore store;
  private final Clock clock;

  public Retrier(BookingStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  public void tick() {
    Instant now = clock.now().wall();
    List<SetAsideOrder> due = store.due(now, AT_ONCE);
    due.forEach(this::retry);
  }

  private void retry(SetAsideOrder order) {
    Instant now = clock.now().wall();
    try {
      switch (store.resume(order, now)) {
        // Unknown: if it was not committed the row is due again.
        case BookingStore.Result.Done(),
            BookingStore.Result.NotMine(),
            BookingStore.Result.Unknown() -> {}
        case BookingStore.Result.AlreadyThere() -> putOff(order, "POSTED_ALREADY", now);
        case BookingStore.Result.Fenced() -> putOff(order, "FENCED", now);
        case BookingStore.Result.Refused(String why) -> putOff(order, why, now);
      }
    } catch (StoreUnavailableException unavailable) {
      putOff(order, "UNAVAILABLE", now);
    }
  }

  private void putOff(SetAsideOrder order, String why, Instant now) {
    store.putOff(order, RetrySchedule.after(order.tries() + 1, why, now));
  }
}
