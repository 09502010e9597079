package dev.lantern.proving.measure;

import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.mesh.v1.WatchLimitsResponse;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Several limiters, two keys that all of them are asked for as fast as they answer, one limiter
/// killed in the middle: what was let through, in any window, beside the limit and its burst.
///
/// Late verdicts are counted apart: Envoy has gone on without them, and what stands in front of it
/// bounds those calls, not the limiter.
public final class LimitProof {
  /// What Envoy waits.
  private static final Duration ENVOY_WAITS = Duration.ofMillis(20);

  private static final String PART = "ratelimit";
  private static final int PORTS_EACH = 10;
  private static final int IN_FLIGHT = 96;
  private static final LimitTally.Key LEASED = new LimitTally.Key("leased", 3_000, 100);
  private static final LimitTally.Key EXACT = new LimitTally.Key("exact", 300, 200);
  private static final WatchLimitsResponse RULES =
      LimiterRules.of(
          LimiterRules.leased(LEASED.rule(), LEASED.perSecond(), LEASED.burstMillis(), 50),
          LimiterRules.ofUsers(EXACT.rule(), EXACT.perSecond(), EXACT.burstMillis()),
          LimiterRules.ofUsers(LimitCalls.COLD, 1_000, 1_000));

  private final StackAccess stack;
  private final Progress progress;
  private final LongSupplier nanos;

  public LimitProof(StackAccess stack, Progress progress, LongSupplier nanos) {
    this.stack = stack;
    this.progress = progress;
    this.nanos = nanos;
  }

  /// Runs so many limiters for so long.
  public LimitProofReport run(int limiters, Duration length) {
    long like =
        stack.pid(PART).orElseThrow(() -> new IllegalStateException("no " + PART + " runs"));
    int ports = FreePorts.base();
    progress.phase("starting " + limiters + " limiters");
    List<LimiterProcess> processes = new ArrayList<>();
    List<LimitCalls> calls = new ArrayList<>();
    try {
      for (int i = 0; i < limiters; i++) {
        var one = LimiterProcess.start(stack, like, folder(), ports + i * PORTS_EACH, RULES);
        processes.add(one);
        calls.add(new LimitCalls(one.address(), stack.operator(), (long) i << 40));
      }
      for (int i = 0; i < limiters; i++) {
        calls.get(i).awaitServing(processes.get(i)::isAlive, folder().toString());
      }
      return flood(processes, calls, length);
    } finally {
      calls.forEach(LimitCalls::close);
      processes.forEach(LimiterProcess::close);
    }
  }

  private LimitProofReport flood(
      List<LimiterProcess> processes, List<LimitCalls> calls, Duration length) {
    var leased = new LimitTally(LEASED, ENVOY_WAITS, nanos);
    var exact = new LimitTally(EXACT, ENVOY_WAITS, nanos);
    var turn = new AtomicInteger();
    long begin = nanos.getAsLong();
    long end = begin + length.toNanos();
    var killed = new AtomicBoolean();
    progress.phase("asking as fast as they answer");
    Load.Result result =
        Load.run(
            IN_FLIGHT,
            () -> {
              long now = nanos.getAsLong();
              boolean half = now - begin > length.toNanos() / 2;
              if (half && processes.size() > 1 && killed.compareAndSet(false, true)) {
                processes.getFirst().kill();
              }
              return now - end < 0;
            },
            ending -> {
              int number = turn.getAndIncrement() & Integer.MAX_VALUE;
              // Whoever is gone is not asked any more, as a balancer would see to.
              int gone = killed.get() ? 1 : 0;
              LimitCalls limiter = calls.get(gone + number / 2 % (calls.size() - gone));
              if (number % 2 == 0) {
                limiter.ask(LEASED.rule(), List.of(), leased.hearing(ending));
              } else {
                limiter.ask(EXACT.rule(), List.of("one"), exact.hearing(ending));
              }
            });
    return new LimitProofReport(
        processes.size(),
        killed.get() ? 1 : 0,
        length,
        result.good(),
        List.of(leased.result(), exact.result()));
  }

  private Path folder() {
    try {
      return Files.createDirectories(stack.home().resolve("bench").resolve("limit-proof"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
