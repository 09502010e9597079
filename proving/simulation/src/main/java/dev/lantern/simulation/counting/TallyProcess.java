package dev.lantern.simulation.counting;

import dev.lantern.counter.v1.WriterTotal;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.tally.TallyFlusher;
import dev.lantern.simulation.kernel.Life;
import java.util.List;
import java.util.Optional;

/// What order-center tells of what was booked. Any number of them tell the same.
final class TallyProcess extends CountProcess {
  private final ClientParts parts;

  TallyProcess(CountWorld world, Life life) {
    super(world, life);
    this.parts = world.clientParts(life);
  }

  @Override
  void start() {
    TallyFlusher tally =
        new TallyFlusher(
            parts.accounts, this::report, clock, (_, _) -> Optional.of(Stage.STAGE_OFFICIAL));
    every(CountPlan.FLUSH, "tally", tally::tick);
  }

  private void report(List<WriterTotal> totals) {
    var _ = parts.calls.add(totals);
    world.tally.taken(totals);
  }
}
