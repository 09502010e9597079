package dev.lantern.simulation.counting;

import dev.lantern.counter.v1.WriterTotal;
import dev.lantern.sdk.counter.CounterWriter;
import dev.lantern.sdk.counter.Journal;
import dev.lantern.simulation.kernel.Life;
import java.util.List;
import java.util.Optional;

/// A process that counts with the SDK's writer: one actor adds, another tells.
final class WriterProcess extends CountProcess {
  private static final int MOST_AT_ONCE = 40;
  private static final double STOPS_IN_ORDER = 0.03;

  private final String writer;
  private final Kind kind;
  private final Optional<JournalDisk> disk;
  private final ClientParts parts;
  private boolean stopping;

  /// What a writer keeps what it has counted in.
  enum Kind {
    /// A journal.
    KEEPER,
    /// Nothing.
    LOSER,
    /// A journal, on a machine that may die.
    MACHINE;

    private List<String> counters() {
      return switch (this) {
        case KEEPER -> List.of(CountLaw.OPENED, CountLaw.FEN);
        case LOSER, MACHINE -> List.of(CountLaw.LOOSE);
      };
    }
  }

  WriterProcess(CountWorld world, Life life, String writer, Kind kind, Optional<JournalDisk> disk) {
    super(world, life);
    this.writer = writer;
    this.kind = kind;
    this.disk = disk;
    this.parts = world.clientParts(life);
  }

  boolean isOf(String name) {
    return writer.equals(name);
  }

  @Override
  void start() {
    begin("tells", () -> attempt("tells", this::live));
  }

  @Override
  void died() {
    if (kind == Kind.LOSER) {
      world.tally.died(writer);
    }
  }

  private void live() {
    disk.ifPresent(parts.disk);
    Optional<Journal> journal = disk.map(it -> parts.journal.apply(world.journalOf(life, it)));
    long now = clock.now().wall().toEpochMilli();
    CounterWriter sdk = new CounterWriter(this::tell, writer, now, journal, this::monotonic);
    for (String name : kind.counters()) {
      CounterWriter.Counter counter = sdk.counter(name);
      CountTally.Part part = world.tally.begins(name, writer, sdk.epoch());
      begin("adds", () -> addAll(counter, part));
    }
    while (!stopping) {
      world.baton.sleep(CountPlan.FLUSH);
      stopping = world.isStorming() && world.dice.chance(STOPS_IN_ORDER);
      if (!stopping) {
        var _ = sdk.flush();
      }
    }
    sdk.close();
    world.stop(life);
  }

  private int tell(List<WriterTotal> totals) {
    int replicas = parts.calls.add(totals);
    world.tally.taken(totals);
    return replicas;
  }

  private void addAll(CounterWriter.Counter counter, CountTally.Part part) {
    while (world.isStorming()) {
      world.baton.sleep(world.dice.wait(CountPlan.LEAST_BETWEEN_ADDS, CountPlan.MOST_BETWEEN_ADDS));
      if (!stopping && world.isStorming()) {
        long amount = world.dice.between(0, MOST_AT_ONCE);
        counter.add(amount);
        part.add(amount);
      }
    }
  }
}
