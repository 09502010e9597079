package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.Told;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/// Running figures for the display alone. No check reads them.
final class Tally {
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final Map<String, LongAdder> refusedByLayer = new ConcurrentHashMap<>();
  private final LongAdder lost = new LongAdder();
  private final LongAdder sessions = new LongAdder();
  private final AtomicLong calls = new AtomicLong();
  private final LongAccumulator counter = new LongAccumulator(Math::max, 0);

  void add(ClientEntry entry) {
    calls.incrementAndGet();
    switch (entry.told()) {
      case Told.Accepted told -> accepted.add(told.orderNo());
      case Told.Refused told ->
          refusedByLayer
              .computeIfAbsent(told.layer().isEmpty() ? "?" : told.layer(), _ -> new LongAdder())
              .increment();
      case Told.Lost _ -> lost.increment();
      case Told.SessionOpened _ -> sessions.increment();
      case Told.CounterShown told -> {
        if (told.name().endsWith(".opened")) {
          counter.accumulate(told.value());
        }
      }
      case Told.WalletShown _, Told.FlowsShown _, Told.OrderShown _ -> {}
    }
  }

  long accepted() {
    return accepted.size();
  }

  long sessions() {
    return sessions.sum();
  }

  long lost() {
    return lost.sum();
  }

  long calls() {
    return calls.get();
  }

  long counter() {
    return counter.get();
  }

  Map<String, Long> refusedByLayer() {
    var refused = new TreeMap<String, Long>();
    refusedByLayer.forEach((layer, count) -> refused.put(layer, count.sum()));
    return refused;
  }
}
