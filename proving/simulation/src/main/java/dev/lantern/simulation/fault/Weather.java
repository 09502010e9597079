package dev.lantern.simulation.fault;

import dev.lantern.simulation.kernel.Dice;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How bad a run is: each fault gets a rate of its own from the seed, many of them none, so that
/// every mixture of faults comes up over the seeds, single ones and storms.
public final class Weather {
  private static final List<Double> PER_STEP = List.of(0.0, 0.0, 0.004, 0.015, 0.05);
  private static final List<Double> PER_PROCESS = List.of(0.0, 0.0, 0.0, 0.0006, 0.002, 0.006);
  private static final Set<Fault> OF_PROCESSES =
      EnumSet.of(Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.FROZEN_BEFORE, Fault.FROZEN_AFTER);
  private static final Set<Fault> OF_WIRES =
      EnumSet.of(
          Fault.REQUEST_LOST,
          Fault.REPLY_LOST,
          Fault.DONE_LATE,
          Fault.DONE_TWICE,
          Fault.DONE_AGAIN_LATE,
          Fault.SLOW);

  private final Dice dice;
  private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);

  public Weather(Dice dice) {
    this.dice = dice;
    OF_WIRES.forEach(fault -> rates.put(fault, dice.oneOf(PER_STEP)));
    OF_PROCESSES.forEach(fault -> rates.put(fault, dice.oneOf(PER_PROCESS)));
  }

  /// No faults from now on.
  public void calm() {
    rates.clear();
  }

  /// Whether this fault strikes now.
  boolean strikes(Fault fault) {
    return dice.chance(rates.getOrDefault(fault, 0.0));
  }
}
