package dev.lantern.counterservice.replica;

import dev.lantern.counterservice.counter.Pace;
import dev.lantern.counterservice.counter.SlotTotal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// One writer's last report as [CounterScripts] keeps it, in Java.
record SlotPace(
    double sampled, double total, double shift, double rate, double change, double span) {

  private static final double MICROS = 1e6;

  static SlotPace after(@Nullable SlotPace old, SlotTotal told, long now) {
    double sampled = told.sampledMicros() == 0 ? now : told.sampledMicros();
    double shift = now - sampled;
    if (old == null) {
      return new SlotPace(sampled, told.total(), shift, 0, 0, 0);
    }
    double span = (sampled - old.sampled) / MICROS;
    if (span < 0.1) {
      return old;
    }
    double rate = Math.max(0, (told.total() - old.total) / span);
    double change = old.span > 0 ? (rate - old.rate) / ((span + old.span) / 2) : 0;
    return new SlotPace(
        sampled, told.total(), Math.min(shift, old.shift + span * 1_000), rate, change, span);
  }

  static Pace all(Collection<SlotPace> paces, long now) {
    double ahead = 0;
    double rise = 0;
    double change = 0;
    for (SlotPace pace : paces) {
      double age = (now - pace.sampled - pace.shift) / MICROS;
      if (age < 10) {
        double old = Math.max(0, Math.min(age, 2));
        double speed = Math.max(0, pace.rate + pace.change * pace.span / 2);
        ahead += new Pace(0, speed, pace.change).ahead(old);
        double goes = speed + pace.change * old;
        if (age < 2 && goes > 0) {
          rise += goes;
          change += pace.change;
        }
      }
    }
    return new Pace(ahead, rise, change);
  }
}
