package dev.lantern.simulation.counting;

import dev.lantern.simulation.fault.Wire;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.Life;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// The processes of a run, by name: whoever dies is started again, as another life.
final class Cast {
  private static final Duration FIRST_DOWN = Duration.ofMillis(200);
  private static final Duration LONGEST_DOWN = Duration.ofSeconds(4);

  private final Baton baton;
  private final Dice dice;
  private final BooleanSupplier storming;
  private final Map<String, Function<Life, CountProcess>> programs = new LinkedHashMap<>();
  private final Map<String, CountProcess> processes = new LinkedHashMap<>();
  private int lives;

  Cast(Baton baton, Dice dice, BooleanSupplier storming) {
    this.baton = baton;
    this.dice = dice;
    this.storming = storming;
  }

  void starts(String name, Function<Life, CountProcess> program) {
    programs.put(name, program);
    start(name, program);
  }

  private void start(String name, Function<Life, CountProcess> program) {
    CountProcess process = program.apply(new Life(name + "/" + ++lives));
    processes.put(name, process);
    process.start();
  }

  /// `kill -9`, or the end in good order; something starts it again.
  void kill(Life life) {
    if (life.isOver()) {
      return;
    }
    life.end();
    String name = life.name().substring(0, life.name().indexOf('/'));
    CountProcess process = processes.get(name);
    Function<Life, CountProcess> program = programs.get(name);
    if (process == null || program == null) {
      throw new IllegalStateException("nobody is called " + name);
    }
    process.died();
    Duration wait = storming.getAsBoolean() ? dice.wait(FIRST_DOWN, LONGEST_DOWN) : FIRST_DOWN;
    baton.in(wait, () -> start(name, program));
  }

  void thaw() {
    processes.values().forEach(process -> process.life.thaw(baton.now()));
  }

  /// One of them, alive or not.
  CountProcess any() {
    return dice.oneOf(List.copyOf(processes.values()));
  }

  /// One of this kind, alive or not.
  <T extends CountProcess> T any(Class<T> kind) {
    return dice.oneOf(all(kind));
  }

  <T extends CountProcess> List<T> all(Class<T> kind) {
    List<T> found = new ArrayList<>();
    for (CountProcess process : processes.values()) {
      if (kind.isInstance(process)) {
        found.add(kind.cast(process));
      }
    }
    return found;
  }

  /// Who gets a call that goes to any instance of counter-service.
  Wire.Callee<CounterCalls> anInstance() {
    CountInstance instance = any(CountInstance.class);
    return new Wire.Callee<>(instance.life, instance);
  }
}
