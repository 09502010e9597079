package dev.lantern.controlplane.ratelimit.decide;

import dev.lantern.controlplane.ratelimit.bucket.Ask;
import dev.lantern.controlplane.ratelimit.bucket.Given;
import dev.lantern.controlplane.ratelimit.bucket.Meter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One key at one limiter: who waits for it, what is held of it, and what is known of it.
///
/// **One question at a time.** Calls that come while the store is being asked wait together and are
/// asked for together; each is given what it wants or nothing, first come first served.
///
/// **Held units** (only of rules with leases). When many calls come, the question asks for as many
/// hits as the next half of a lease will bring, so that those are decided without one. They may be
/// spent until a lease after the moment *before the question was sent*: the store took them later
/// than that, so none is spent more than a lease after it was taken, which is what the bound in
/// [Meter] rests on. A reply that is lost, a limiter that dies, a lease that ends: the units are
/// gone, and were counted.
///
/// **Known to be full.** Until the moment at which the next hit fits, calls are refused without a
/// question: nobody but a refund can make it fit earlier. Of rules with leases that moment is moved
/// to an eighth of a lease later, or a key at its limit would be asked for all the time; what
/// drains meanwhile is not lost, it is taken at once then. It is remembered until then, or until
/// nobody has called for two seconds: of three a day it may be hours, and whoever does not try
/// again soon costs one question when they do, not a place in the table.
///
/// Safe for several threads. Nobody is told anything while the lock is held.
public final class Holding {
  private static final int MOST_WAITING = 4_096;
  private static final int PACES_IN_A_LEASE = 8;
  private static final long FULL_REMEMBERED_NANOS = 2_000_000_000;

  private final String key;
  private final Meter meter;
  private final Asks asks;
  private final ArrayDeque<Call> waiting = new ArrayDeque<>(2);
  private final Slices slices = new Slices();
  private final Demand demand;
  private long back;
  private boolean asked;
  private boolean full;
  private long fullUntilNanos;
  private long level;
  private long levelNanos;
  private long usedNanos;

  /// @param sinceNanos when it came to this key: a question sent before asks nothing for it
  /// @param begunNanos when it came to this limiter: its budget runs since, over all its keys
  private record Call(long hits, long sinceNanos, long begunNanos, Waiter waiter) {}

  /// Somebody, and what they are to be told.
  record Told(Waiter waiter, Verdict verdict) {}

  Holding(String key, Meter meter, Asks asks, long nowNanos) {
    this.key = key;
    this.meter = meter;
    this.asks = asks;
    this.demand = new Demand(meter.spendNanos() / 2, nowNanos);
    this.levelNanos = nowNanos;
    this.usedNanos = nowNanos;
  }

  String key() {
    return key;
  }

  boolean counts(Meter other) {
    return meter.equals(other);
  }

  /// Decides a call of so many hits, 0 being a look that takes none. Null: it waits, and `waiter`
  /// will be told.
  ///
  /// @param begunNanos since when its budget runs
  synchronized @Nullable Verdict take(long hits, long nowNanos, long begunNanos, Waiter waiter) {
    usedNanos = nowNanos;
    demand.add(hits, nowNanos);
    Verdict known = known(hits, nowNanos);
    if (known != null) {
      return known;
    }
    if (waiting.size() >= MOST_WAITING) {
      return Verdict.Unknown.INSTANCE;
    }
    if (!asked && !asks.offer(this)) {
      return Verdict.Unknown.INSTANCE;
    }
    asked = true;
    waiting.addLast(new Call(hits, nowNanos, begunNanos, waiter));
    return null;
  }

  /// Gives hits back, with the next question, which is sent for it; a refund whose question is lost
  /// is lost. Whether it is on its way.
  synchronized boolean giveBack(long hits, long nowNanos) {
    usedNanos = nowNanos;
    if (!asked && !asks.offer(this)) {
      return false;
    }
    asked = true;
    back += hits;
    full = false;
    return true;
  }

  /// Whether a call of a hit is refused without a question.
  synchronized boolean isFull(long nowNanos) {
    return full && nowNanos - fullUntilNanos < 0 && slices.units(nowNanos) == 0;
  }

  /// Gives up on the calls that began before then, whose answer would come too late, and adds what
  /// they are told. Whether there is something left to ask for: other calls, hits that are given
  /// back, or, of rules with leases, what the next calls will want.
  synchronized boolean giveUpOn(long beforeNanos, List<Told> told) {
    for (Iterator<Call> calls = waiting.iterator(); calls.hasNext(); ) {
      Call call = calls.next();
      if (call.begunNanos() - beforeNanos < 0) {
        calls.remove();
        told.add(new Told(call.waiter(), Verdict.Unknown.INSTANCE));
      }
    }
    asked = !waiting.isEmpty() || back > 0 || leased();
    return asked;
  }

  /// What is asked now. Only what has been queued is asked for, until [#answered] or [#failed].
  synchronized Ask ask(long nowNanos) {
    long calls = waiting.stream().mapToLong(Call::hits).sum();
    long ahead = 0;
    long least = waiting.stream().mapToLong(Call::hits).min().orElse(0);
    if (leased()) {
      long most = meter.yields(meter.spendNanos()) + meter.hits();
      ahead = Math.min(most, demand.expected()) - slices.units(nowNanos);
      least = Math.min(1, calls);
    }
    long given = back;
    back = 0;
    long want = Math.max(calls, calls + ahead);
    return new Ask(key, meter, want, Math.min(least, want), given);
  }

  /// How much of its budget the one that has the least has used.
  synchronized long waitedNanos(long nowNanos) {
    return waiting.stream().mapToLong(call -> nowNanos - call.begunNanos()).max().orElse(0);
  }

  /// Hears what was given, and returns who is told what.
  ///
  /// @param sentNanos the moment before the question was sent
  synchronized List<Told> answered(Given given, long sentNanos, long nowNanos) {
    level = given.level();
    levelNanos = sentNanos;
    full = meter.room(level) == 0;
    if (full) {
      fullUntilNanos = sentNanos + Math.max(micros(meter.waitMicros(level, 1)), pace());
    }
    long loose = given.hits();
    if (leased()) {
      slices.add(given.hits(), sentNanos + meter.spendNanos());
      loose = 0;
    }
    return tell(loose, sentNanos, nowNanos);
  }

  private List<Told> tell(long taken, long sentNanos, long nowNanos) {
    var told = new ArrayList<Told>(waiting.size());
    var later = new ArrayList<Call>();
    long loose = taken;
    for (Call call : waiting) {
      if (call.hits() == 0 && (meter.room(level) > 0 || slices.units(nowNanos) > 0)) {
        told.add(new Told(call.waiter(), allowed(nowNanos)));
      } else if (call.hits() > 0 && loose >= call.hits()) {
        loose -= call.hits();
        told.add(new Told(call.waiter(), allowed(nowNanos)));
      } else if (call.hits() > 0 && slices.spend(call.hits(), nowNanos)) {
        told.add(new Told(call.waiter(), allowed(nowNanos)));
      } else if (full || call.sinceNanos() - sentNanos <= 0) {
        told.add(new Told(call.waiter(), over(call.hits(), nowNanos)));
      } else {
        later.add(call);
      }
    }
    waiting.clear();
    waiting.addAll(later);
    asked = !waiting.isEmpty() || back > 0;
    if (asked && !asks.offer(this)) {
      told.addAll(forgotten());
    }
    return told;
  }

  /// There was no answer.
  synchronized List<Told> failed() {
    return forgotten();
  }

  /// Whether nothing would be lost with it.
  synchronized boolean isIdle(long nowNanos, long idleNanos) {
    long unused = nowNanos - usedNanos;
    boolean knownFull = full && nowNanos - fullUntilNanos < 0 && unused < FULL_REMEMBERED_NANOS;
    boolean busy = asked || slices.units(nowNanos) > 0 || knownFull;
    return !busy && unused >= (leased() ? idleNanos : 0);
  }

  private @Nullable Verdict known(long hits, long nowNanos) {
    if (leased()) {
      long units = slices.units(nowNanos);
      if (hits == 0 ? units > 0 : slices.spend(hits, nowNanos)) {
        refill(units - hits, nowNanos);
        return allowed(nowNanos);
      }
    }
    return full && nowNanos - fullUntilNanos < 0 ? over(hits, nowNanos) : null;
  }

  /// Asks for more before there is none.
  private void refill(long units, long nowNanos) {
    boolean knownFull = full && nowNanos - fullUntilNanos < 0;
    if (!asked && !knownFull && units < demand.expected() / 2) {
      asked = asks.offer(this);
    }
  }

  private List<Told> forgotten() {
    var told = new ArrayList<Told>(waiting.size());
    waiting.forEach(call -> told.add(new Told(call.waiter(), Verdict.Unknown.INSTANCE)));
    waiting.clear();
    asked = false;
    back = 0;
    return told;
  }

  private Verdict allowed(long nowNanos) {
    long now = levelNow(nowNanos);
    return new Verdict.Allowed(meter.room(now) + slices.units(nowNanos), meter.emptyMicros(now));
  }

  private Verdict over(long hits, long nowNanos) {
    long now = levelNow(nowNanos);
    long wait = Math.max(1, meter.waitMicros(now, Math.max(1, hits)));
    return new Verdict.Over(wait, meter.emptyMicros(now));
  }

  private long levelNow(long nowNanos) {
    return meter.drained(level, TimeUnit.NANOSECONDS.toMicros(nowNanos - levelNanos));
  }

  private boolean leased() {
    return meter.leaseNanos() > 0;
  }

  private long pace() {
    return meter.spendNanos() / PACES_IN_A_LEASE;
  }

  private static long micros(long micros) {
    return TimeUnit.MICROSECONDS.toNanos(micros);
  }
}
