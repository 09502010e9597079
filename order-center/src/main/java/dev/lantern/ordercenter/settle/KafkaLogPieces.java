package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.LogUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// [LogPieces] on Kafka: a consumer of its own, one partition at a time, no group, no commits.
///
/// The consumer is made at the first read, and again after a failure, so that a process starts
/// without Kafka. Bounds: 3 s a call to the broker, [#POLLS] polls of at most [#PATIENCE] a piece.
public final class KafkaLogPieces implements LogPieces {
  private static final Duration GATHER = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int POLLS = 3;

  private final String bootstrapServers;
  private final String clientId;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

  public KafkaLogPieces(String bootstrapServers, String clientId) {
    this.bootstrapServers = bootstrapServers;
    this.clientId = clientId;
  }

  @Override
  public Piece read(LogName log, int partition, long from, long until, int atMost) {
    try {
      return read(consumer(), new PartitionId(log, partition), from, until, atMost);
    } catch (KafkaException e) {
      close();
      throw new LogUnavailableException("the accept log cannot be read", e);
    }
  }

  private static Piece read(
      KafkaConsumer<byte[], byte[]> reader, PartitionId id, long from, long until, int atMost) {
    TopicPartition place = new TopicPartition(id.log().topic(), id.partition());
    reader.assign(List.of(place));
    Map<TopicPartition, Long> beginnings = reader.beginningOffsets(List.of(place));
    long next = Math.max(from, beginnings.getOrDefault(place, 0L));
    List<LogRecord> records = new ArrayList<>();
    if (next >= until) {
      return new Piece(records, until);
    }
    reader.seek(place, next);
    for (int poll = 0; poll < POLLS && next < until && records.size() < atMost; poll++) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(PATIENCE).records(place)) {
        if (record.offset() >= until || records.size() == atMost) {
          break;
        }
        records.add(RecordReader.read(KafkaLogReader.raw(record), id));
        next = record.offset() + 1;
      }
    }
    return new Piece(records, next);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    KafkaConsumer<byte[], byte[]> known = consumer;
    if (known == null) {
      known =
          new KafkaConsumer<>(
              KafkaLogReader.settings(bootstrapServers, clientId, GATHER),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      consumer = known;
    }
    return known;
  }

  @Override
  public void wakeUp() {
    KafkaConsumer<byte[], byte[]> known = consumer;
    if (known != null) {
      known.wakeup();
    }
  }

  @Override
  public void close() {
    KafkaConsumer<byte[], byte[]> known = consumer;
    consumer = null;
    if (known != null) {
      known.close(CloseOptions.timeout(Duration.ZERO));
    }
  }
}
