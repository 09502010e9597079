package dev.lantern.controlplane.ratelimit.bucket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// The counts in memory, by a clock of the test's.
public class MemoryBuckets implements Buckets {
  private final LongSupplier micros;
  private final Map<String, Count> counts = new HashMap<>();
  private final Map<Lane, Done> lanes = new HashMap<>();
  private long requests;

  private record Count(long level, long atMicros, Meter meter) {}

  private record Done(long number, List<Given> answer) {}

  public MemoryBuckets(LongSupplier micros) {
    this.micros = micros;
  }

  @Override
  public synchronized List<Given> take(Lane lane, long number, List<Ask> asks, Duration within) {
    requests++;
    Done done = lanes.get(lane);
    if (done != null && number == done.number()) {
      return done.answer();
    }
    if (done != null && number < done.number()) {
      throw new BucketsUnavailableException("the request came after a later one");
    }
    List<Given> answer = new ArrayList<>();
    asks.forEach(ask -> answer.add(take(ask)));
    lanes.put(lane, new Done(number, List.copyOf(answer)));
    return answer;
  }

  private Given take(Ask ask) {
    long now = micros.getAsLong();
    Meter meter = ask.meter();
    long level = 0;
    boolean stays = false;
    Count held = counts.get(ask.key());
    if (held != null) {
      long counted = held.level();
      if (held.meter().unit() != meter.unit()) {
        counted = Math.ceilDiv(counted * meter.unit(), held.meter().unit());
      }
      level = meter.drained(counted, now - held.atMicros());
      stays = held.atMicros() <= now;
    }
    level = Math.max(0, level - ask.back() * meter.unit());
    long hits = Math.min(ask.want(), meter.room(level));
    if (hits < ask.least()) {
      hits = 0;
    }
    level += hits * meter.unit();
    if (hits > 0 || ask.back() > 0 || !stays) {
      counts.put(ask.key(), new Count(level, now, meter));
    }
    return new Given(hits, Math.min(level, meter.capacity()));
  }

  /// How many requests there were, repeated ones among them.
  public synchronized long requests() {
    return requests;
  }

  /// All data are lost.
  public synchronized void forget() {
    counts.clear();
    lanes.clear();
  }
}
