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
  private final Map<String, long[]> vanished = new HashMap<>();
  private int made;

  /// Creates the topic unless its name is taken.
  public void create(String name, int partitions) {
    topics.computeIfAbsent(name, _ -> new Topic("topic-id-" + ++made, partitions));
  }

  /// The topic is gone, and all it held; another may be made under its name.
  public void vanish(String name) {
    Topic gone = topics.remove(name);
    if (gone != null) {
      vanished.put(gone.id, gone.ends());
    }
  }

  /// Whether this very topic is gone.
  public boolean isGone(String topicId) {
    return vanished.containsKey(topicId);
  }

  /// Whether any is.
  public boolean hasLost() {
    return !vanished.isEmpty();
  }

  /// How many records a topic holds, or held when it vanished.
  public long held(String name, String topicId, int partition) {
    Topic there = topics.get(name);
    long[] ends = there != null && there.id.equals(topicId) ? there.ends() : vanished.get(topicId);
    return ends == null ? 0 : ends[partition];
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
