package dev.lantern.ordercenter.queue;

import java.util.Optional;

/// What the queue engine itself says about topics, asked anew at every call: the authority for S2
/// and L4. Each call is bounded and throws [LogUnavailableException] when the engine does not
/// answer.
public interface Topics {
  /// The id of the topic of this name as it exists now; empty when there is none.
  Optional<String> idOf(String topic);

  /// The end of each partition: all records acknowledged before the call lie below it. Empty when
  /// there is no such topic.
  ///
  /// The caller checks the topic's id *after* this call: a name alone does not say which log was
  /// read.
  Optional<long[]> ends(String topic, int partitions);

  /// Creates the topic if its name does not exist, and says nothing if it does.
  void create(String topic, int partitions);
}
