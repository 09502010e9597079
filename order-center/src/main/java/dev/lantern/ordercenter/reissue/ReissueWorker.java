package dev.lantern.ordercenter.reissue;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.settle.StandingStill;
import java.time.Duration;
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

  /// Rows of a reissue that are passed over at a time, each for [#WAIT]; and how many in a row may
  /// have to wait before what hinders them is taken to hinder all.
  private static final int MOST_WAITING = 100;

  private static final int WAITING_IN_A_ROW = 8;
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final PaymentStore store;
  private final Payer payer;
  private final ReissueWatch watch;
  private final String me;
  private final Clock clock;
  private final StandingStill<String> seen = new StandingStill<>();
  private final Map<String, PaymentStore.Hold> holds = new HashMap<>();
  private final Map<String, Moment> paidAt = new HashMap<>();
  private final Map<String, Map<Integer, Moment>> waiting = new HashMap<>();

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
    waiting.keySet().retainAll(ids);
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
    Map<Integer, Moment> passed = passedOver(reissue);
    int asked = allowed + passed.size();
    List<Payment> pending = store.pending(hold, asked);
    List<Payment> due =
        pending.stream()
            .filter(payment -> !passed.containsKey(payment.rowNo()))
            .limit(allowed)
            .toList();
    if (payAll(hold, reissue, due, passed) && pending.size() < asked) {
      store.finish(hold, clock.now().wall());
    }
  }

  /// A row that has to wait keeps no other from being paid.
  private Map<Integer, Moment> passedOver(Reissue reissue) {
    Map<Integer, Moment> passed = waiting.computeIfAbsent(reissue.id(), _ -> new HashMap<>());
    Moment now = clock.now();
    passed.values().removeIf(since -> now.since(since).compareTo(WAIT) >= 0);
    return passed;
  }

  /// Whether they were all tried.
  private boolean payAll(
      PaymentStore.Hold hold, Reissue reissue, List<Payment> due, Map<Integer, Moment> passed) {
    int inARow = 0;
    for (Payment payment : due) {
      Payer.Outcome outcome = payer.pay(hold, reissue, payment);
      watch.paid(reissue, payment, outcome);
      switch (outcome) {
        case Payer.Outcome.Ended _ -> inARow = 0;
        case Payer.Outcome.NoBudget(String budgetId) -> {
          store.pause(hold, "NO_BUDGET: " + budgetId + " is spent");
          return false;
        }
        case Payer.Outcome.Later _ -> {
          inARow++;
          passed.put(payment.rowNo(), clock.now());
          if (inARow >= WAITING_IN_A_ROW || passed.size() >= MOST_WAITING) {
            return false;
          }
        }
        case Payer.Outcome.NotOurs _ -> {
          return false;
        }
      }
    }
    return true;
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
