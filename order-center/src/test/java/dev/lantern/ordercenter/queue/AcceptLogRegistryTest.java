package dev.lantern.ordercenter.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.common.v1.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AcceptLogRegistryTest {
  private final Table table = new Table();
  private final Engine engine = new Engine();
  private final AcceptLogRegistry registry = new AcceptLogRegistry(table, engine);

  @Test
  void first_log_isPlanned_created_andNamed() {
    assertThat(registry.current(Lane.LANE_LIVE)).isEmpty();
    registry.ensure(Lane.LANE_LIVE, 8);
    LogName log = registry.current(Lane.LANE_LIVE).orElseThrow();
    assertThat(log).isEqualTo(new LogName(Lane.LANE_LIVE, 1, "lantern.accept.live.g1", "id-0", 8));
    assertThat(registry.byTopicId("id-0")).contains(log);
    registry.ensure(Lane.LANE_LIVE, 8);
    assertThat(engine.topics).hasSize(1);
  }

  @Test
  void whoDies_betweenTwoSteps_isFollowedByTheNext() {
    engine.down = true;
    assertThatThrownBy(() -> registry.ensure(Lane.LANE_LIVE, 8))
        .isInstanceOf(LogUnavailableException.class);
    assertThat(table.rows).hasSize(1);
    engine.down = false;
    registry.ensure(Lane.LANE_LIVE, 8);
    assertThat(registry.current(Lane.LANE_LIVE)).isPresent();
    assertThat(table.rows).hasSize(1);
  }

  @Test
  void vanished_orRecreatedTopic_isNotAppendedTo_norReplaced() {
    registry.ensure(Lane.LANE_LIVE, 8);
    LogName log = registry.current(Lane.LANE_LIVE).orElseThrow();
    engine.topics.clear();
    registry.ensure(Lane.LANE_LIVE, 8);
    assertThat(registry.current(Lane.LANE_LIVE)).isEmpty();
    assertThat(registry.exists(log)).isFalse();

    engine.create(log.topic(), 8);
    registry.ensure(Lane.LANE_LIVE, 8);
    assertThat(registry.current(Lane.LANE_LIVE)).isEmpty();
    assertThat(registry.all()).containsExactly(log);
    assertThat(table.rows).hasSize(1);
  }

  @Test
  void engine_thatDoesNotAnswer_leavesWhatWasKnown() {
    registry.ensure(Lane.LANE_LIVE, 8);
    engine.down = true;
    assertThatThrownBy(registry::refresh).isInstanceOf(LogUnavailableException.class);
    assertThat(registry.current(Lane.LANE_LIVE)).isPresent();
  }

  @Test
  void new_generation_takesOver() {
    registry.ensure(Lane.LANE_LIVE, 8);
    LogTable.Planned second = new LogTable.Planned(Lane.LANE_LIVE, 2, "lantern.accept.live.g2", 8);
    table.plan(second);
    engine.create(second.topic(), 8);
    table.named(second, engine.idOf(second.topic()).orElseThrow());
    registry.refresh();
    assertThat(registry.current(Lane.LANE_LIVE).orElseThrow().generation()).isEqualTo(2);
    assertThat(registry.all()).hasSize(2);
    assertThat(registry.byTopicId("id-0").orElseThrow().generation()).isEqualTo(1);
  }

  private static final class Table implements LogTable {
    private final Map<Planned, Optional<String>> rows = new HashMap<>();

    @Override
    public List<LogName> created() {
      List<LogName> logs = new ArrayList<>();
      rows.forEach((p, id) ->
          id.ifPresent(topicId ->
              logs.add(new LogName(p.lane(), p.generation(), p.topic(), topicId, p.partitions()))));
      logs.sort((a, b) -> Integer.compare(a.generation(), b.generation()));
      return logs;
    }

    @Override
    public List<Planned> planned() {
      return rows.entrySet().stream()
          .filter(row -> row.getValue().isEmpty())
          .map(Map.Entry::getKey)
          .toList();
    }

    @Override
    public void plan(Planned generation) {
      rows.putIfAbsent(generation, Optional.empty());
    }

    @Override
    public void named(Planned generation, String topicId) {
      rows.replace(generation, Optional.empty(), Optional.of(topicId));
    }
  }

  private static final class Engine implements Topics {
    private final Map<String, String> topics = new HashMap<>();
    private int ids;
    private boolean down;

    @Override
    public Optional<String> idOf(String topic) {
      requireUp();
      return Optional.ofNullable(topics.get(topic));
    }

    @Override
    public Optional<long[]> ends(String topic, int partitions) {
      requireUp();
      return topics.containsKey(topic) ? Optional.of(new long[partitions]) : Optional.empty();
    }

    @Override
    public void create(String topic, int partitions) {
      requireUp();
      topics.computeIfAbsent(topic, _ -> "id-" + ids++);
    }

    private void requireUp() {
      if (down) {
        throw new LogUnavailableException("cut by the test", new IllegalStateException());
      }
    }
  }
}
