package dev.lantern.simulation.redis;

import dev.lantern.ordercenter.fund.Days;
import dev.lantern.simulation.redis.RedisState.DayMap;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// [Days] over [RedisState]: the script's conditions, step by step.
public final class SimDays implements Days {
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

  private final RedisState redis;

  public SimDays(RedisState redis) {
    this.redis = redis;
  }

  @Override
  public Reserved reserve(Reservation ask, Optional<Map<String, Long>> seed) {
    String key = ask.lane() + "/" + ask.cap().day();
    DayMap day = redis.days.getOrDefault(key, DayMap.EMPTY);
    RedisState.SetEpoch epoch = redis.epochOfUser(ask.cap().day().actId());
    boolean old = epoch != null && epoch.setAt().isBefore(ask.begins().minus(CLOCKS_DIFFER));
    boolean sure = epoch != null && (old || epoch.id().equals(day.seededIn()));
    if (!sure && seed.isEmpty()) {
      return Reserved.UNSURE;
    }
    TreeMap<String, Long> fen = new TreeMap<>(day.fen());
    seed.orElse(Map.of()).forEach((number, amount) -> fen.merge(number, amount, Math::max));
    String seededIn = seed.isPresent() && epoch != null ? epoch.id() : day.seededIn();
    long others =
        fen.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(ask.orderNo()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    boolean more = fen.getOrDefault(ask.orderNo(), 0L) < ask.fen();
    boolean fits = !more || others + ask.fen() <= ask.cap().capFen();
    if (more && fits) {
      fen.put(ask.orderNo(), ask.fen());
    }
    redis.putDay(key, new DayMap(seededIn, Map.copyOf(fen)));
    return fits ? Reserved.ADMITTED : Reserved.OVER;
  }
}
