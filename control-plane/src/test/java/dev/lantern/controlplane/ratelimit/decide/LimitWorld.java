package dev.lantern.controlplane.ratelimit.decide;

import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.ratelimit.bucket.Ask;
import dev.lantern.controlplane.ratelimit.bucket.Buckets.BucketsUnavailableException;
import dev.lantern.controlplane.ratelimit.bucket.Given;
import dev.lantern.controlplane.ratelimit.bucket.Lane;
import dev.lantern.controlplane.ratelimit.bucket.MemoryBuckets;
import dev.lantern.controlplane.ratelimit.bucket.Meter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// Several limiters over one store and one key, from one seed: requests and replies that are late,
/// lost or come twice, clocks that differ and run at different speeds, limiters that freeze and
/// die. The limiters' classes are the product's; only their threads are replaced, by events in the
/// order of true time.
final class LimitWorld {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long BUDGET = 15 * MILLI;
  private static final int LANES = 2;
  private static final int BATCH = 8;
  private static final int KEYS = 10;
  private static final Meter ONE_AN_HOUR =
      Meter.of(new Rate(1, Duration.ofHours(1)), Duration.ofHours(1), Duration.ZERO);

  /// How many times the usual calls a flood or a lull brings.
  private static final double[] WAVES = {1e-6, 0.3, 1, 10};

  private final SplittableRandom random;
  private final Faults faults;
  private final Meter meter;
  private final MemoryBuckets store;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::order));
  private final List<Admitted> admitted = new ArrayList<>();
  private long now;
  private long order;
  long unknown;
  long refused;

  /// Somebody was let through.
  record Admitted(long atNanos, long hits) {}

  private record Event(long atNanos, long order, Runnable what) {}

  LimitWorld(long seed, Meter meter, Faults faults) {
    this.random = new SplittableRandom(seed);
    this.meter = meter;
    this.faults = faults;
    // By its own clock, which nobody else's knows.
    long ahead = faults.clocks() ? random.nextLong(-2_000_000, 2_000_000) : 0;
    this.store = new MemoryBuckets(() -> 1_800_000_000_000_000L + ahead + now / MICRO);
  }

  List<Admitted> admitted() {
    return admitted;
  }

  long requests() {
    return store.requests();
  }

  /// Lets so many calls a second come to so many limiters for so long.
  void run(int limiters, double callsPerSecond, Duration length) {
    for (int i = 0; i < limiters; i++) {
      var limiter = new SimulatedLimiter(i);
      if (faults.crowd()) {
        limiter.meetACrowd();
      }
      if (faults.deaths() && i == 0) {
        at(random.nextLong(length.toNanos()), limiter::die);
      }
      if (faults.deaths() && i == 1) {
        at(random.nextLong(length.toNanos()), () -> limiter.freeze(random.nextLong(200 * MILLI)));
      }
      calls(limiter, callsPerSecond / limiters, length.toNanos());
    }
    while (!events.isEmpty()) {
      Event next = events.poll();
      now = next.atNanos();
      next.what().run();
    }
  }

  private void calls(SimulatedLimiter limiter, double perSecond, long end) {
    if (faults.waves() && now >= limiter.waveEnds) {
      limiter.wave = WAVES[random.nextInt(WAVES.length)];
      limiter.waveEnds = now + random.nextLong(5 * MILLI, 60 * MILLI);
    }
    double pauses = -Math.log(1 - random.nextDouble()) / (perSecond * limiter.wave) * SECOND;
    long pause = (long) Math.min(pauses, (double) SECOND);
    if (faults.waves() && now + pause >= limiter.waveEnds) {
      if (limiter.waveEnds < end) {
        at(limiter.waveEnds, () -> calls(limiter, perSecond, end));
      }
    } else if (now + pause < end) {
      in(
          pause,
          () -> {
            limiter.call(faults.many() && random.nextInt(20) == 0 ? random.nextInt(2, 6) : 1);
            calls(limiter, perSecond, end);
          });
    }
  }

  private void at(long nanos, Runnable what) {
    events.add(new Event(nanos, order++, what));
  }

  private void in(long nanos, Runnable what) {
    at(now + Math.max(0, nanos), what);
  }

  private boolean chance(int oneIn) {
    return faults.network() && random.nextInt(oneIn) == 0;
  }

  private long travel() {
    return chance(30) ? random.nextLong(40 * MILLI) : random.nextLong(100 * MICRO, 800 * MICRO);
  }

  private final class SimulatedLimiter {
    private final int name;
    private final long ahead;
    private final double speed;
    private final ArrayDeque<Holding> queue = new ArrayDeque<>();
    private final long[] numbers = new long[LANES];
    private final boolean[] busy = new boolean[LANES];
    private final Holdings holdings = new Holdings(queue::offer, KEYS);
    private double wave = 1;
    private long waveEnds;
    private boolean dead;
    private long frozenUntil;

    SimulatedLimiter(int name) {
      this.name = name;
      this.ahead = faults.clocks() ? random.nextLong(-2 * SECOND, 2 * SECOND) : 0;
      this.speed = faults.clocks() ? 1 + random.nextDouble(-0.01, 0.01) : 1;
    }

    private long nanos() {
      return ahead + (long) (now * speed);
    }

    void die() {
      dead = true;
    }

    void freeze(long nanos) {
      frozenUntil = now + nanos;
    }

    /// As many keys as it may know of are full, each for an hour.
    void meetACrowd() {
      for (int i = 0; i < KEYS; i++) {
        var one = holdings.of("crowd-" + i, ONE_AN_HOUR, nanos());
        var _ = one.take(1, nanos(), nanos(), _ -> {});
        queue.clear();
        var _ = one.ask(nanos());
        var _ = one.answered(new Given(1, ONE_AN_HOUR.capacity()), nanos(), nanos());
      }
    }

    void call(long hits) {
      awake(() -> {
        Verdict verdict =
            holdings
                .of("key", meter, nanos())
                .take(hits, nanos(), nanos(), later -> hear(later, hits));
        if (verdict != null) {
          hear(verdict, hits);
        }
        ask();
      });
    }

    /// Now, when it thaws, or never.
    private void awake(Runnable what) {
      if (dead) {
        return;
      }
      if (frozenUntil > now) {
        at(frozenUntil, () -> awake(what));
      } else {
        what.run();
      }
    }

    private void hear(Verdict verdict, long hits) {
      switch (verdict) {
        case Verdict.Allowed _ -> admitted.add(new Admitted(now, hits));
        case Verdict.Over _ -> refused++;
        case Verdict.Unknown _ -> unknown++;
      }
    }

    private void ask() {
      for (int lane = 0; lane < LANES && !queue.isEmpty(); lane++) {
        if (!busy[lane]) {
          send(lane);
        }
      }
    }

    private void send(int lane) {
      var keys = new ArrayList<Holding>();
      while (!queue.isEmpty() && keys.size() < BATCH) {
        keys.add(queue.poll());
      }
      var batch = Batch.of(keys, nanos(), BUDGET);
      if (batch.asks().isEmpty()) {
        return;
      }
      busy[lane] = true;
      var request = new Request(batch, lane, ++numbers[lane]);
      in(travel(), request::arrive);
      if (chance(10)) {
        in(travel() + random.nextLong(100 * MILLI), request::arriveAgain);
      }
      in(Math.max(1, batch.leftNanos()), () -> awake(request::giveUp));
    }

    private final class Request {
      private final Batch batch;
      private final List<Ask> asks;
      private final int lane;
      private final long number;
      private boolean over;

      Request(Batch batch, int lane, long number) {
        this.batch = batch;
        this.asks = batch.asks();
        this.lane = lane;
        this.number = number;
      }

      private List<Given> take() {
        return store.take(new Lane("limiter-" + name, lane), number, asks, Duration.ofSeconds(1));
      }

      void arrive() {
        try {
          List<Given> given = take();
          if (!chance(20)) {
            in(travel(), () -> awake(() -> answered(given)));
          }
        } catch (BucketsUnavailableException e) {
          // It came after a later one; nobody waits for it.
        }
      }

      void arriveAgain() {
        try {
          var _ = take();
        } catch (BucketsUnavailableException e) {
          // As above.
        }
      }

      private void answered(List<Given> given) {
        if (!over) {
          over = true;
          batch.answered(given, nanos());
          free();
        }
      }

      void giveUp() {
        if (!over) {
          over = true;
          batch.failed();
          free();
        }
      }

      private void free() {
        busy[lane] = false;
        ask();
      }
    }
  }
}
