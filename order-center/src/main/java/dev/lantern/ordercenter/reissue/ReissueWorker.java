package dev.lantern.ordercenter.reissue;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.settle.StandingStill;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pays the rows of approved reissues, each at its own rate. Every settle process has one; a
/// reissue is paid by the one that holds it, and taken over when its row stands still.
///
/// [#tick] is called a few times a second by one thread; each call pays at most what the rate
/// allows since the last, and never more than a second's worth.
public final class ReissueWorker {
  static final Duration TAKEOVER_AFTER = Duration.ofSeconds(6);
  private static final int AT_ONCE = 8;
  private static final int MOST_ROWS = 200;

  private final PaymentStore store;
  private final Payer payer;
  private final ReissueWatch watch;
  private final String me;
  private final Clock clock;
  private final StandingStill<String> seen = new StandingStill<>();
  private final Map<String, PaymentStore.Hold> holds = new HashMap<>();
  private final Map<String, Moment> paidAt = new HashMap<>();

  /// One process's worker.
  ///
  /// @param me unique to this life of the process
  public ReissueWorker(
      PaymentStore store, Payer payer, ReissueWatch watch, String me, Clock clock) {
    this.store = store;
    this.payer = payer;
    this.watch = watch;
    this.me = me;
    this.clock = clock;
  }

  public void tick() {
    List<Reissue> running = store.running(AT_ONCE);
    List<String> ids = running.stream().map(Reissue::id).toList();
    seen.keepOnly(ids);
    holds.keySet().retainAll(ids);
    paidAt.keySet().retainAll(ids);
    for (Reissue reissue : running) {
      hold(reissue).ifPresent(hold -> payAllowed(hold, reissue));
    }
  }

  private Optional<PaymentStore.Hold> hold(Reissue reissue) {
    Duration still = seen.note(reissue.id(), reissue.seq(), clock.now());
    PaymentStore.Hold mine = holds.get(reissue.id());
    if (mine != null && mine.epoch() == reissue.epoch()) {
      return store.touch(mine) ? Optional.of(mine) : Optional.empty();
    }
    holds.remove(reissue.id());
    if (!reissue.owner().isEmpty() && still.compareTo(TAKEOVER_AFTER) < 0) {
      return Optional.empty();
    }
    Optional<PaymentStore.Hold> taken = store.take(reissue, me);
    taken.ifPresent(hold -> holds.put(reissue.id(), hold));
    return taken;
  }

  private void payAllowed(PaymentStore.Hold hold, Reissue reissue) {
    int allowed = allowance(reissue);
    if (allowed == 0) {
      return;
    }
    List<Payment> pending = store.pending(hold, allowed);
    for (Payment payment : pending) {
      Payer.Outcome outcome = payer.pay(hold, reissue, payment);
      watch.paid(reissue, payment, outcome);
      switch (outcome) {
        case Payer.Outcome.Ended _ -> {}
        case Payer.Outcome.NoBudget(String budgetId) -> {
          store.pause(hold, "NO_BUDGET: " + budgetId + " is spent");
          return;
        }
        case Payer.Outcome.Later _, Payer.Outcome.NotOurs _ -> {
          return;
        }
      }
    }
    if (pending.size() < allowed) {
      Instant now = clock.now().wall();
      store.finish(hold, now);
    }
  }

  /// How many rows may be paid since the last time.
  private int allowance(Reissue reissue) {
    Moment now = clock.now();
    Moment last = paidAt.get(reissue.id());
    if (last == null) {
      paidAt.put(reissue.id(), now);
      return 1;
    }
    long millis = Math.min(1_000, (now.monotonicNanos() - last.monotonicNanos()) / 1_000_000);
    long rows = millis * reissue.rowsPerSecond() / 1_000;
    if (rows > 0) {
      paidAt.put(reissue.id(), now);
    }
    return (int) Math.min(rows, MOST_ROWS);
  }
}
