package dev.lantern.simulation.counting;

import dev.lantern.counterservice.counter.Choice;
import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.kernel.Life;
import java.time.Duration;
import java.util.List;

/// An operator who chooses from which Redis counters are read, and asks again when nobody says that
/// it was done.
final class SourceOperator extends CountProcess {
  private static final Duration LEAST = Duration.ofMillis(300);
  private static final Duration MOST = Duration.ofSeconds(4);
  private static final int TRIES = 3;

  private final ClientParts parts;

  SourceOperator(CountWorld world, Life life) {
    super(world, life);
    this.parts = world.clientParts(life);
  }

  @Override
  void start() {
    begin("chooses", this::choose);
  }

  private void choose() {
    while (world.isStorming()) {
      world.baton.sleep(world.dice.wait(LEAST, MOST));
      Choice.Kind kind = world.dice.oneOf(List.of(Choice.Kind.values()));
      for (int attempt = 0; attempt < TRIES && world.isStorming(); attempt++) {
        world.hit(Fault.SOURCE_CHOSEN, "counters");
        if (attempt("chooses", () -> chooseOne(kind))) {
          break;
        }
      }
    }
  }

  private void chooseOne(Choice.Kind kind) {
    var _ = parts.calls.choose(kind);
  }
}
