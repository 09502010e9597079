package dev.lantern.simulation.counting;

import dev.lantern.counterservice.counter.Pace;
import dev.lantern.counterservice.counter.SlotTotal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// A writer's last report, as Redis' script keeps it, by microseconds.
///
/// @param shift what takes the writer's clock to this server's
/// @param span seconds between the report and the one before
record SlotPace(
    double sampled, double total, double shift, double rate, double change, double span) {
  private static final double MICROS = 1e6;
  private static final double SHORTEST_SPAN = 0.1;
  private static final double FORGOTTEN_A_SECOND = 1_000;
  private static final double MOVED_ON = 2;
  private static final double KEPT = 10;

  static SlotPace after(@Nullable SlotPace old, SlotTotal told, long now) {
    double sampled = told.sampledMicros() == SlotTotal.ON_ARRIVAL ? now : told.sampledMicros();
    double shift = now - sampled;
    if (old == null) {
      return new SlotPace(sampled, told.total(), shift, 0, 0, 0);
    }
    double span = (sampled - old.sampled) / MICROS;
    if (span < SHORTEST_SPAN) {
      return old;
    }
    double rate = Math.max(0, (told.total() - old.total) / span);
    double change = old.span > 0 ? (rate - old.rate) / ((span + old.span) / 2) : 0;
    double nearest = Math.min(shift, old.shift + span * FORGOTTEN_A_SECOND);
    return new SlotPace(sampled, told.total(), nearest, rate, change, span);
  }

  static Pace all(Collection<SlotPace> paces, long now) {
    double ahead = 0;
    double rise = 0;
    double change = 0;
    for (SlotPace pace : paces) {
      double age = (now - pace.sampled - pace.shift) / MICROS;
      if (age < KEPT) {
        double old = Math.clamp(age, 0, MOVED_ON);
        double speed = Math.max(0, pace.rate + pace.change * pace.span / 2);
        ahead += new Pace(0, speed, pace.change).ahead(old);
        double goes = speed + pace.change * old;
        if (age < MOVED_ON && goes > 0) {
          rise += goes;
          change += pace.change;
        }
      }
    }
    return new Pace(ahead, rise, change);
  }
}
