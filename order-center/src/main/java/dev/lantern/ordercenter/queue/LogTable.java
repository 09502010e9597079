package dev.lantern.ordercenter.queue;

import dev.lantern.common.v1.Lane;
import java.util.List;

/// Table `accept_logs`. Each call is one statement or one transaction, bounded by the database's
/// statement limit.
public interface LogTable {
  /// All generations of all lanes whose topic exists, the newest of a lane last.
  List<LogName> created();

  /// Generations whose topic may not exist yet.
  List<Planned> planned();

  /// Adds a generation; says nothing if it is there.
  void plan(Planned generation);

  /// Sets a generation's topic id if it has none.
  void named(Planned generation, String topicId);

  /// A generation before its topic is known to exist.
  record Planned(Lane lane, int generation, String topic, int partitions) {}
}
