package dev.lantern.simulation.queue;

import dev.lantern.ordercenter.settle.RecordReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The queue engine: topics by name, each with an id of its own.
public final class QueueState {
  private final Map<String, Topic> topics = new HashMap<>();
  private int made;

  /// Creates the topic unless its name is taken.
  public void create(String name, int partitions) {
    topics.computeIfAbsent(name, _ -> new Topic("topic-id-" + ++made, partitions));
  }

  public @Nullable Topic topic(String name) {
    return topics.get(name);
  }

  /// One topic.
  public static final class Topic {
    private final String id;
    private final List<List<RecordReader.Raw>> partitions = new ArrayList<>();

    Topic(String id, int count) {
      this.id = id;
      for (int partition = 0; partition < count; partition++) {
        partitions.add(new ArrayList<>());
      }
    }

    public String id() {
      return id;
    }

    public List<RecordReader.Raw> partition(int number) {
      return partitions.get(number);
    }

    long[] ends() {
      return partitions.stream().mapToLong(List::size).toArray();
    }
  }
}
