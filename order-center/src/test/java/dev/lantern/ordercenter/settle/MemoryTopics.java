package dev.lantern.ordercenter.settle;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.AcceptLogRegistry;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.LogTable;
import dev.lantern.ordercenter.queue.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A queue engine's topics and the table that knows them, in memory; what is asked is noted.
public final class MemoryTopics implements Topics, LogTable {
  public final List<String> asked = new ArrayList<>();
  public final Map<String, String> ids = new HashMap<>();
  public final Map<String, long[]> ends = new HashMap<>();
  private final List<LogName> logs = new ArrayList<>();

  /// Adds a log with its topic.
  public LogName log(String topicId, int generation, long... end) {
    LogName log = new LogName(Lane.LANE_LIVE, generation, "topic-" + topicId, topicId, end.length);
    logs.add(log);
    ids.put(log.topic(), topicId);
    ends.put(log.topic(), end);
    return log;
  }

  public AcceptLogRegistry registry() {
    AcceptLogRegistry registry = new AcceptLogRegistry(this, this);
    registry.refresh();
    asked.clear();
    return registry;
  }

  @Override
  public Optional<String> idOf(String topic) {
    asked.add("id");
    return Optional.ofNullable(ids.get(topic));
  }

  @Override
  public Optional<long[]> ends(String topic, int partitions) {
    asked.add("ends");
    return Optional.ofNullable(ends.get(topic));
  }

  @Override
  public void create(String topic, int partitions) {}

  @Override
  public List<LogName> created() {
    return List.copyOf(logs);
  }

  @Override
  public List<Planned> planned() {
    return List.of();
  }

  @Override
  public void plan(Planned generation) {}

  @Override
  public void named(Planned generation, String topicId) {}
}
