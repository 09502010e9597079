package dev.lantern.ordercenter.settle;

import com.google.protobuf.UnsafeByteOperations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// [LogReader] on Kafka: manual assignment, no group, no commits, `auto.offset.reset=none`.
///
/// The broker gathers: a fetch is answered when it holds 256 KiB or 20 ms have passed, so groups
/// grow by themselves under load and cost nothing when idle. Bounds: 8 MiB a fetch, 1 MiB and so a
/// few thousand records a partition, [#MAX_RECORDS] a poll.
public final class KafkaLogReader implements LogReader {
  private static final int MAX_RECORDS = 8_000;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, PartitionId> assigned = new HashMap<>();

  public KafkaLogReader(String bootstrapServers, String clientId, Duration gather) {
    this.consumer =
        new KafkaConsumer<>(
            settings(bootstrapServers, clientId, gather),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  @Override
  public void assign(Set<PartitionId> partitions) {
    if (Set.copyOf(assigned.values()).equals(partitions)) {
      return;
    }
    assigned.clear();
    partitions.forEach(id -> assigned.put(place(id), id));
    consumer.assign(assigned.keySet());
  }

  @Override
  public void seek(PartitionId partition, long offset) {
    consumer.seek(place(partition), offset);
    consumer.resume(Set.of(place(partition)));
  }

  @Override
  public void pause(PartitionId partition) {
    consumer.pause(Set.of(place(partition)));
  }

  @Override
  public Fetched poll(Duration patience) {
    if (assigned.isEmpty()) {
      // Kafka refuses to wait for nothing.
      LockSupport.parkNanos(patience.toNanos());
      return Fetched.NOTHING;
    }
    try {
      return read(consumer.poll(patience));
    } catch (InvalidOffsetException torn) {
      Map<PartitionId, String> found = new HashMap<>();
      for (TopicPartition place : torn.partitions()) {
        PartitionId id = assigned.get(place);
        if (id != null) {
          found.put(id, torn.getClass().getSimpleName());
        }
      }
      return new Fetched(Map.of(), found);
    } catch (WakeupException asked) {
      return Fetched.NOTHING;
    }
  }

  @Override
  public OptionalLong remaining(PartitionId partition) {
    return consumer.currentLag(place(partition));
  }

  @Override
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
  }

  private Fetched read(ConsumerRecords<byte[], byte[]> polled) {
    Map<PartitionId, List<LogRecord>> records = new HashMap<>();
    for (TopicPartition place : polled.partitions()) {
      PartitionId id = assigned.get(place);
      if (id != null) {
        List<LogRecord> read = new ArrayList<>();
        polled.records(place).forEach(record -> read.add(RecordReader.read(raw(record), id)));
        records.put(id, read);
      }
    }
    return new Fetched(records, Map.of());
  }

  static RecordReader.Raw raw(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    return new RecordReader.Raw(
        record.offset(),
        RecordReader.text(record.key()),
        header(record, "order-no"),
        header(record, "traceparent"),
        UnsafeByteOperations.unsafeWrap(value == null ? new byte[0] : value));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : RecordReader.text(header.value());
  }

  private static TopicPartition place(PartitionId id) {
    return new TopicPartition(id.log().topic(), id.partition());
  }

  static Map<String, Object> settings(String bootstrapServers, String clientId, Duration gather) {
    return Map.ofEntries(
        Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
        Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, clientId),
        Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
        Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
        Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
        Map.entry(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 256 << 10),
        Map.entry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) gather.toMillis()),
        Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20),
        Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20),
        Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS),
        Map.entry(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000),
        Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3_000),
        Map.entry(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500),
        Map.entry(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000));
  }
}
