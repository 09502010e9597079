package dev.lantern.simulation.fault;

import dev.lantern.simulation.kernel.Dice;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How bad a run is: each fault gets a rate of its own from the seed, many of them none, so that
/// every mixture of faults comes up over the seeds, single ones and storms.
///
/// Two things are laid over that. Every other seed gives each step one fault of its own, which
/// strikes at its first, second or third call: so each pair of a fault and a step is tried, however
/// rare the step. And a directed seed ([#only], [#aim]) has faults at a few steps alone.
public final class Weather {
  private static final List<Double> PER_STEP = List.of(0.0, 0.0, 0.004, 0.015, 0.05);
  private static final List<Double> PER_PROCESS = List.of(0.0, 0.0, 0.0, 0.0006, 0.002, 0.006);
  private static final Duration SHORTEST_FREEZE = Duration.ofMillis(5);
  private static final Duration LONGEST_FREEZE = Duration.ofSeconds(20);
  private static final int FIRST_CALLS = 3;
  private static final double RARE_RATE = 0.04;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
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
  private final Map<Fault, Map<String, Double>> aimed = new EnumMap<>(Fault.class);
  private final Map<String, Fault> first = new HashMap<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private long assignment;
  private double rareAt;
  private Duration shortestFreeze = SHORTEST_FREEZE;
  private Duration longestFreeze = LONGEST_FREEZE;

  public Weather(Dice dice) {
    this.dice = dice;
    OF_WIRES.forEach(fault -> rates.put(fault, dice.oneOf(PER_STEP)));
    OF_PROCESSES.forEach(fault -> rates.put(fault, dice.oneOf(PER_PROCESS)));
  }

  /// Each step has a fault of its own from now on; which, this number says.
  public void assign(long number) {
    assignment = number;
    rareAt = RARE_RATE;
  }

  /// Processes that stand still do so for no longer than this.
  public void freezing(Duration longest) {
    longestFreeze = longest;
  }

  /// No faults but those aimed.
  public void only(Duration shortest, Duration longest) {
    rates.clear();
    shortestFreeze = shortest;
    longestFreeze = longest;
  }

  /// This fault at these steps, so often.
  public void aim(Fault fault, double rate, String... steps) {
    for (String step : steps) {
      aimed.computeIfAbsent(fault, _ -> new HashMap<>()).put(step, rate);
    }
  }

  /// This fault, for sure, the first time that this step is taken.
  public void first(Fault fault, String step) {
    first.put(step, fault);
  }

  /// Whatever can go wrong at this step, so often each.
  public void aimAll(double rate, String step) {
    OF_WIRES.forEach(fault -> aim(fault, rate, step));
    OF_PROCESSES.forEach(fault -> aim(fault, rate, step));
    aim(Fault.SERVER_DOWN, rate, step);
  }

  /// No faults from now on, but those that are a step's own: what is drained is drained under them.
  public void calm() {
    rates.clear();
    aimed.clear();
    rareAt = 0;
  }

  /// A call of this step begins.
  ///
  /// @return the fault that is this step's own, if this is the call for it
  Optional<Fault> begins(String step, List<Fault> possible) {
    Fault sure = first.remove(step);
    if (sure != null) {
      return Optional.of(sure);
    }
    if (assignment == 0 || possible.isEmpty()) {
      return Optional.empty();
    }
    int call = calls.merge(step, 1, Integer::sum);
    if (call > FIRST_CALLS) {
      return Optional.empty();
    }
    long turn = assignment + Integer.toUnsignedLong(step.hashCode());
    int which = Math.floorMod((turn * SPREAD) >>> 16, possible.size());
    // The first call half the time: some steps are taken once in a run.
    int when = Math.max(1, Math.floorMod((turn * SPREAD) >>> 32, FIRST_CALLS + 1));
    return call == when ? Optional.of(possible.get(which)) : Optional.empty();
  }

  /// Whether this fault strikes now.
  boolean strikes(Fault fault, String step) {
    double rate = Math.max(rates.getOrDefault(fault, 0.0), Steps.isRare(step) ? rareAt : 0);
    Map<String, Double> steps = aimed.get(fault);
    return dice.chance(steps == null ? rate : Math.max(rate, steps.getOrDefault(step, 0.0)));
  }

  /// For how long a process stands still.
  Duration freeze() {
    return dice.anyWait(shortestFreeze, longestFreeze);
  }
}
