package dev.lantern.ordercenter.lane;

import dev.lantern.ordercenter.queue.KafkaTopics;
import java.util.ArrayList;
import java.util.List;

/// The lane's topics and the records in them.
public final class KafkaTraces implements Traces {
  private final KafkaTopics topics;
  private final String prefix;

  /// @param prefix what the names of the lane's topics begin with, and no other topic's
  public KafkaTraces(KafkaTopics topics, String prefix) {
    this.topics = topics;
    this.prefix = prefix;
  }

  @Override
  public List<Trace> count() {
    List<Trace> found = new ArrayList<>();
    for (String topic : topics.named(prefix)) {
      found.add(new Trace("topics", topic, 1));
      long records = topics.records(topic);
      if (records > 0) {
        found.add(new Trace("records", topic, records));
      }
    }
    return found;
  }

  @Override
  public void delete() {
    topics.delete(topics.named(prefix));
  }
}
