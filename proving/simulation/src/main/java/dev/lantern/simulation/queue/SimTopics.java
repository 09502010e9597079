package dev.lantern.simulation.queue;

import dev.lantern.ordercenter.queue.Topics;
import java.util.Optional;

/// [Topics] over [QueueState].
public final class SimTopics implements Topics {
  private final QueueState queue;

  public SimTopics(QueueState queue) {
    this.queue = queue;
  }

  @Override
  public Optional<String> idOf(String topic) {
    return Optional.ofNullable(queue.topic(topic)).map(QueueState.Topic::id);
  }

  @Override
  public Optional<long[]> ends(String topic, int partitions) {
    return Optional.ofNullable(queue.topic(topic)).map(QueueState.Topic::ends);
  }

  @Override
  public void create(String topic, int partitions) {
    queue.create(topic, partitions);
  }
}
