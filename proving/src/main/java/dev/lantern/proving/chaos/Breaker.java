package dev.lantern.proving.chaos;

import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Rain.RainListener;
import dev.lantern.proving.rain.RoundPlan;
import dev.lantern.proving.rain.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Does one case's fault in the first open round and watches how the system comes back.
final class Breaker implements RainListener {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration STALE = Duration.ofMillis(700);

  /// Figures wait for a queue that does not answer.
  private static final Duration LATE = Duration.ofSeconds(5);

  private static final int TRIES_INSIDE = 150;
  private static final Duration ROLLBACK_WITHIN = Duration.ofSeconds(8);

  private final ChaosCase chaosCase;
  private final StackAccess stack;
  private final Witness witness;
  private final Waits waits;
  private volatile Thread thread = new Thread(() -> {});
  private volatile double recoveryS = -1;
  private volatile double rolledBackS = -1;
  private volatile String problem = "the fault was never done";
  private volatile long acceptedMeanwhile;
  private volatile boolean over;

  Breaker(ChaosCase chaosCase, StackAccess stack, Witness witness, Waits waits) {
    this.chaosCase = chaosCase;
    this.stack = stack;
    this.witness = witness;
    this.waits = waits;
  }

  double recoveryS() {
    return recoveryS;
  }

  double rolledBackS() {
    return rolledBackS;
  }

  /// Empty once the fault was done and undone.
  String problem() {
    return problem;
  }

  @Override
  public void applied(List<RoundPlan> rounds) {
    RoundPlan first = rounds.get(1);
    thread =
        Thread.ofVirtual()
            .name("breaker")
            .start(() -> {
              try {
                doFault(first.opens().plus(first.window().dividedBy(5)));
              } catch (RuntimeException e) {
                problem = "the fault failed: " + e.getMessage();
              }
            });
  }

  @Override
  public void drained() {
    over = true;
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void doFault(Instant at) {
    waits.until(at);
    List<Hit> hits = chaosCase.hit().stream().map(this::running).toList();
    long begin = waits.nanos().getAsLong();
    witness.note("chaos: " + chaosCase.name() + " " + hits);
    long before = witness.last().accepted();
    switch (chaosCase.fault()) {
      case KILL -> hits.forEach(hit -> Signals.kill(hit.pid()));
      case FREEZE -> freeze(hits);
    }
    problem =
        chaosCase.goesOn() && acceptedMeanwhile <= 0 ? "nothing was accepted while it lasted" : "";
    // Older figures may still count acceptances from before the fault.
    waits.sleep(STALE);
    awaitRecovery(hits, Math.max(before, witness.last().accepted()), begin);
  }

  private Hit running(String prefix) {
    String part =
        stack.parts().stream()
            .filter(name -> name.startsWith(prefix))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no part " + prefix));
    OptionalLong pid = stack.pid(part);
    if (pid.isEmpty()) {
      throw new IllegalStateException(part + " does not run");
    }
    return new Hit(part, pid.getAsLong());
  }

  private record Hit(String part, long pid) {
    @Override
    public String toString() {
      return part + " (pid " + pid + ")";
    }
  }

  private void freeze(List<Hit> hits) {
    try {
      if (chaosCase.onlyBooks()) {
        freezeInside(hits.getFirst().pid());
      } else {
        hits.forEach(hit -> Signals.stop(hit.pid()));
      }
      // What was accepted before the fault shows in the figures by now.
      waits.sleep(chaosCase.goesOn() ? LATE : STALE);
      long before = witness.last().accepted();
      waits.sleep(chaosCase.pause().minus(chaosCase.goesOn() ? LATE : STALE));
      acceptedMeanwhile = witness.last().accepted() - before;
    } finally {
      hits.forEach(hit -> Signals.goOn(hit.pid()));
    }
    witness.note("chaos: thawed; accepted meanwhile: " + acceptedMeanwhile);
  }

  /// Freezes settle in the middle of a transaction: stops it, looks whether the server sees one of
  /// its transactions open, and tries again until it does. Then the server must roll it back by
  /// itself, or its locks would stop everybody.
  private void freezeInside(long pid) {
    for (int attempt = 0; attempt < TRIES_INSIDE; attempt++) {
      Signals.stop(pid);
      // What other processes have open ends by itself within this time.
      waits.sleep(Duration.ofMillis(60));
      Set<Long> open = OpenTransactions.sleeping(stack);
      waits.sleep(Duration.ofMillis(60));
      open.retainAll(OpenTransactions.sleeping(stack));
      if (!open.isEmpty()) {
        awaitRollback(open);
        return;
      }
      Signals.goOn(pid);
      waits.sleep(Duration.ofMillis(7 + attempt % 11));
    }
    throw new IllegalStateException("settle was never caught inside a transaction");
  }

  private void awaitRollback(Set<Long> open) {
    long begin = waits.nanos().getAsLong();
    witness.note("chaos: frozen inside transaction " + open);
    while (waits.nanos().getAsLong() - begin < ROLLBACK_WITHIN.toNanos()) {
      var still = new HashSet<>(open);
      still.retainAll(OpenTransactions.sleeping(stack));
      if (still.isEmpty()) {
        rolledBackS = seconds(begin);
        witness.note("chaos: its locks are free after %.1f s".formatted(rolledBackS));
        return;
      }
      waits.sleep(STEP);
    }
    throw new IllegalStateException("a frozen settle kept its locks for " + ROLLBACK_WITHIN);
  }

  private void awaitRecovery(List<Hit> hits, long acceptedBefore, long begin) {
    boolean killed = chaosCase.fault() == Fault.KILL;
    while (!over && !Thread.currentThread().isInterrupted()) {
      boolean back = hits.stream().allMatch(hit -> isBack(hit, killed));
      Progress.Snapshot last = witness.last();
      if (back
          && (chaosCase.onlyBooks() || last.accepted() > acceptedBefore)
          && last.lagRecords().isPresent()
          && last.lagRecords().getAsLong() <= 8) {
        recoveryS = seconds(begin);
        witness.note("chaos: recovered after %.1f s".formatted(recoveryS));
        return;
      }
      waits.sleep(STEP);
    }
  }

  private boolean isBack(Hit hit, boolean killed) {
    OptionalLong now = stack.pid(hit.part());
    return now.isPresent() && stack.ready(hit.part()) && (!killed || now.getAsLong() != hit.pid());
  }

  private double seconds(long since) {
    return Math.round((waits.nanos().getAsLong() - since) / 1e8) / 10.0;
  }
}
