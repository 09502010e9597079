package dev.lantern.simulation.queue;

import dev.lantern.ordercenter.settle.LogReader.Fetched;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.PartitionId;
import dev.lantern.ordercenter.settle.RecordReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The broker's side of a consumer's fetch.
@FunctionalInterface
public interface Fetches {
  /// What lies from these offsets on, at most `most` records of each partition.
  Fetched read(Map<PartitionId, Long> from, int most);

  static Fetches of(QueueState queue) {
    return (from, most) -> {
      Map<PartitionId, List<LogRecord>> records = new LinkedHashMap<>();
      Map<PartitionId, String> torn = new LinkedHashMap<>();
      from.forEach((id, offset) -> {
        QueueState.Topic topic = queue.topic(id.log().topic());
        List<RecordReader.Raw> all = topic == null ? List.of() : topic.partition(id.partition());
        if (offset > all.size()) {
          torn.put(id, "OffsetOutOfRange");
        } else if (offset < all.size()) {
          int to = (int) Math.min(all.size(), offset + most);
          records.put(
              id,
              all.subList(offset.intValue(), to).stream()
                  .map(raw -> RecordReader.read(raw, id))
                  .toList());
        }
      });
      return new Fetched(records, torn);
    };
  }
}
