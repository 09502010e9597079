package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.LogTable;
import java.util.Comparator;
import java.util.List;

/// [LogTable] over [Tables].
public final class SimLogTable implements LogTable {
  private static final Comparator<LogName> NEWEST_LAST =
      Comparator.comparing(LogName::lane).thenComparingInt(LogName::generation);

  private final Tables tables;

  public SimLogTable(Tables tables) {
    this.tables = tables;
  }

  @Override
  public List<LogName> created() {
    return tables.logs.stream().sorted(NEWEST_LAST).toList();
  }

  @Override
  public List<Planned> planned() {
    return List.copyOf(tables.planned);
  }

  @Override
  public void plan(Planned generation) {
    boolean known =
        tables.planned.stream().anyMatch(one -> isSame(one, generation))
            || tables.logs.stream()
                .anyMatch(log ->
                    log.lane() == generation.lane() && log.generation() == generation.generation());
    if (!known) {
      tables.planned.add(generation);
    }
  }

  @Override
  public void named(Planned generation, String topicId) {
    if (tables.planned.removeIf(one -> isSame(one, generation))) {
      tables.logs.add(
          new LogName(
              generation.lane(),
              generation.generation(),
              generation.topic(),
              topicId,
              generation.partitions()));
    }
  }

  private static boolean isSame(Planned one, Planned other) {
    return one.lane() == other.lane() && one.generation() == other.generation();
  }
}
