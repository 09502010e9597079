package dev.lantern.proving.measure;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Appends a share of the accept log's new records a second time, as a producer does that was in
/// doubt: the same bytes into the same partition, moments after the first.
final class KafkaCopies implements AutoCloseable {
  private static final String MARK = "bench-copy";
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration CATCH_UP = Duration.ofSeconds(20);

  private final KafkaConsumer<byte[], byte[]> reader;
  private final KafkaProducer<byte[], byte[]> writer;
  private final int every;
  private final Map<Integer, Integer> seen = new HashMap<>();
  private final AtomicLong originals = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().daemon().name("copies").unstarted(this::work);
  private volatile boolean stopping;

  private KafkaCopies(String kafka, int percent) {
    var settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    this.writer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    var reading = new Properties();
    reading.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    this.reader =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.every = 100 / percent;
  }

  /// Copies from now on.
  ///
  /// @param percent how many of a hundred records, 1 to 100
  static KafkaCopies begin(String kafka, String topic, int partitions, int percent) {
    var copies = new KafkaCopies(kafka, percent);
    List<TopicPartition> all =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    copies.reader.assign(all);
    copies.reader.seekToEnd(all);
    all.forEach(copies.reader::position);
    copies.thread.start();
    return copies;
  }

  /// Returns when so many records have been seen and their copies are in the log.
  void await(long records) {
    long end = System.nanoTime() + CATCH_UP.toNanos();
    while (originals.get() < records) {
      if (!thread.isAlive() || System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "only %d of %d records came by to be copied".formatted(originals.get(), records));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    writer.flush();
  }

  private void work() {
    while (!stopping) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
        if (record.headers().lastHeader(MARK) == null) {
          copy(record);
        }
      }
    }
  }

  private void copy(ConsumerRecord<byte[], byte[]> record) {
    if (seen.merge(record.partition(), 1, Integer::sum) % every == 0) {
      var headers = new RecordHeaders(record.headers()).add(MARK, new byte[0]);
      var _ =
          writer.send(
              new ProducerRecord<>(
                  record.topic(), record.partition(), record.key(), record.value(), headers));
    }
    originals.incrementAndGet();
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(CATCH_UP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reader.close();
    writer.close();
  }
}
