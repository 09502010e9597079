package dev.lantern.ordercenter.queue;

import dev.lantern.common.v1.Lane;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which accept logs there are, and which one a lane appends to now.
///
/// Answers from memory, as of the last [#refresh]; a caller runs that about once a second. A log is
/// only usable while the engine's topic of that name still has the id in the table: a topic that
/// vanished, or was made again under the old name, stops appends here and settlement there (S2,
/// L7), until an operator plans a new generation.
public final class AcceptLogRegistry {
  private static final int FIRST = 1;

  private final LogTable table;
  private final Topics topics;
  private volatile Known known = new Known(List.of(), Map.of());

  public AcceptLogRegistry(LogTable table, Topics topics) {
    this.table = table;
    this.topics = topics;
  }

  /// The log that this lane appends to; empty before the first refresh, or when its topic is not
  /// the one in the table any more.
  public Optional<LogName> current(Lane lane) {
    return Optional.ofNullable(known.current.get(lane));
  }

  /// Every generation of every lane, the newest of a lane last.
  public List<LogName> all() {
    return known.logs;
  }

  /// The generation with this topic id, whether or not its topic still exists.
  public Optional<LogName> byTopicId(String topicId) {
    return known.logs.stream().filter(log -> log.topicId().equals(topicId)).findFirst();
  }

  /// How many partitions the lane's logs have: fixed for a campaign's life.
  ///
  /// @param unlessMade how many the first one would get
  public int partitions(Lane lane, int unlessMade) {
    return known.logs.stream()
        .filter(log -> log.lane() == lane)
        .map(LogName::partitions)
        .findFirst()
        .orElse(unlessMade);
  }

  /// Whether the engine, asked now, still has exactly this log.
  public boolean exists(LogName log) {
    return topics.idOf(log.topic()).filter(log.topicId()::equals).isPresent();
  }

  /// Reads the table, and asks the engine about each lane's newest topic.
  ///
  /// @throws LogUnavailableException when the engine does not answer; what was known of it stays
  ///   known, and the table has been read
  public void refresh() {
    List<LogName> logs = table.created();
    known = new Known(logs, known.current);
    Map<Lane, LogName> newest = new EnumMap<>(Lane.class);
    logs.forEach(log -> newest.put(log.lane(), log));
    newest.values().removeIf(log -> !exists(log));
    known = new Known(logs, newest);
  }

  /// Makes sure that the lane has a first log, then refreshes. The row comes before the topic, the
  /// topic before its id: whoever dies between two steps, the next one goes on.
  ///
  /// Only a lane without any log gets one planned here. A later generation is an operator's
  /// decision, made by its row; its topic is created here, too.
  public void ensure(Lane lane, int partitions) {
    if (table.created().stream().noneMatch(log -> log.lane() == lane)) {
      table.plan(new LogTable.Planned(lane, FIRST, topicName(lane, FIRST), partitions));
    }
    table.planned().stream().filter(planned -> planned.lane() == lane).forEach(this::create);
    refresh();
  }

  private void create(LogTable.Planned planned) {
    topics.create(planned.topic(), planned.partitions());
    topics.idOf(planned.topic()).ifPresent(topicId -> table.named(planned, topicId));
  }

  private static String topicName(Lane lane, int generation) {
    String name = lane.name().replace("LANE_", "").toLowerCase(Locale.ROOT);
    return "lantern.accept." + name + ".g" + generation;
  }

  private record Known(List<LogName> logs, Map<Lane, LogName> current) {}
}
