package dev.lantern.proving.chaos;

import dev.lantern.proving.chaos.FaultProxy.Mode;
import dev.lantern.proving.place.Auditor;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.RoundPlan;
import dev.lantern.proving.rain.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// Does one case's fault in an open round and watches how the system comes back.
final class Attack {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration STALE = Duration.ofMillis(700);

  /// Figures wait for a queue that does not answer.
  private static final Duration LATE = Duration.ofSeconds(5);

  /// Whoever is not back by then is not waited for any longer.
  private static final Duration BACK_WITHIN = Duration.ofSeconds(90);

  /// A thing that waits longer than this has not been asked for as usual.
  private static final Duration THINGS_WAIT = Duration.ofSeconds(3);

  private static final long SMALL_LAG = 8;
  private static final Mode.Slow SLOW = new Mode.Slow(Duration.ofMillis(200), 256 * 1024);

  private final ChaosCase chaosCase;
  private final StackAccess stack;
  private final Optional<Detours> detours;
  private final Witness witness;
  private final Waits waits;
  private volatile int rainId;
  private volatile double faultS = -1;
  private volatile double recoveryS = -1;
  private volatile double rolledBackS = -1;
  private volatile String problem = "the fault was never done: no round was left for it";
  private volatile long acceptedMeanwhile;

  Attack(
      ChaosCase chaosCase,
      StackAccess stack,
      Optional<Detours> detours,
      Witness witness,
      Waits waits) {
    this.chaosCase = chaosCase;
    this.stack = stack;
    this.detours = detours;
    this.witness = witness;
    this.waits = waits;
  }

  ChaosCase chaosCase() {
    return chaosCase;
  }

  /// The round it was done in; 0 for none.
  int rainId() {
    return rainId;
  }

  /// How long the fault lasted, an orderly end and start included.
  double faultS() {
    return faultS;
  }

  /// From its beginning until all was as before; -1 if that was not seen.
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

  /// Does it at `at` and returns when all is as before, or is not waited for any longer.
  void run(RoundPlan round, Instant at, BooleanSupplier over) {
    try {
      rainId = round.rainId();
      waits.until(at);
      doFault(over);
    } catch (RuntimeException e) {
      problem = "the fault failed: " + e.getMessage();
      witness.note("chaos: " + chaosCase.name() + ": " + problem);
    }
  }

  private void doFault(BooleanSupplier over) {
    List<Hit> hits = chaosCase.hit().stream().map(this::running).toList();
    long begin = waits.nanos().getAsLong();
    witness.note("chaos: " + chaosCase.name() + " " + hits);
    long before = witness.last().accepted();
    switch (chaosCase.fault()) {
      case KILL -> hits.forEach(hit -> Signals.kill(hit.pid()));
      case FREEZE -> freeze(hits);
      case RESTART -> hits.forEach(hit -> stack.restart(hit.part()));
      case CUT -> onTheWay(hits, new Mode.Cut());
      case SLOW -> onTheWay(hits, SLOW);
      case FULL -> hits.forEach(hit -> Signals.noRoom(hit.pid()));
    }
    faultS = seconds(begin);
    problem =
        chaosCase.goesOn() && acceptedMeanwhile <= 0 ? "nothing was accepted while it lasted" : "";
    // Older figures may still count acceptances from before the fault.
    waits.sleep(STALE);
    awaitRecovery(hits, Math.max(before, witness.last().accepted()), begin, over);
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

  private void onTheWay(List<Hit> hits, Mode mode) {
    List<FaultProxy> ways = hits.stream().map(this::way).toList();
    try {
      ways.forEach(way -> way.set(mode));
      waits.sleep(chaosCase.pause());
    } finally {
      ways.forEach(way -> way.set(new Mode.Pass()));
    }
  }

  private FaultProxy way(Hit hit) {
    return detours
        .flatMap(all -> all.to(hit.part()))
        .orElseThrow(() -> new IllegalStateException("nobody stands before " + hit.part()));
  }

  private void freeze(List<Hit> hits) {
    try {
      if (chaosCase.onlyBooks()) {
        rolledBackS = new FrozenInside(stack, witness, waits).freeze(hits.getFirst().pid());
      } else {
        hits.forEach(hit -> Signals.stop(hit.pid()));
      }
      // What was accepted before the fault shows in the figures by now.
      Duration first = chaosCase.goesOn() ? LATE : STALE;
      waits.sleep(first);
      long before = witness.last().accepted();
      waits.sleep(chaosCase.pause().minus(first));
      acceptedMeanwhile = witness.last().accepted() - before;
    } finally {
      hits.forEach(hit -> Signals.goOn(hit.pid()));
    }
    witness.note("chaos: thawed; accepted meanwhile: " + acceptedMeanwhile);
  }

  private void awaitRecovery(
      List<Hit> hits, long acceptedBefore, long begin, BooleanSupplier over) {
    while (!over.getAsBoolean()
        && !Thread.currentThread().isInterrupted()
        && waits.nanos().getAsLong() - begin < BACK_WITHIN.toNanos()) {
      if (hits.stream().allMatch(this::isBack)
          && acceptsAndBooks(witness.last(), acceptedBefore)
          && (!chaosCase.hitsVendor() || thingsCaughtUp())) {
        recoveryS = seconds(begin);
        witness.note("chaos: %s: recovered after %.1f s".formatted(chaosCase.name(), recoveryS));
        return;
      }
      waits.sleep(STEP);
    }
  }

  private boolean acceptsAndBooks(Progress.Snapshot last, long acceptedBefore) {
    return (chaosCase.onlyBooks() || last.accepted() > acceptedBefore)
        && last.lagRecords().isPresent()
        && last.lagRecords().getAsLong() <= SMALL_LAG;
  }

  private boolean thingsCaughtUp() {
    try {
      return new Auditor(stack).thingsWaiting(THINGS_WAIT) == 0;
    } catch (IllegalStateException unreachable) {
      return false;
    }
  }

  private boolean isBack(Hit hit) {
    boolean another =
        switch (chaosCase.fault()) {
          case KILL, RESTART, FULL -> true;
          case FREEZE, CUT, SLOW -> false;
        };
    OptionalLong now = stack.pid(hit.part());
    return now.isPresent() && stack.ready(hit.part()) && (!another || now.getAsLong() != hit.pid());
  }

  private double seconds(long since) {
    return Math.round((waits.nanos().getAsLong() - since) / 1e8) / 10.0;
  }
}
