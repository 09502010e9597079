package dev.lantern.ordercenter.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// [AcceptLog] on Kafka: acks from all in-sync replicas, idempotent, lz4, batched by a short
/// linger.
///
/// The producer's buffer (32 MiB) and its delivery time are the bounds. An append that is not
/// acknowledged within [Patience#append] is given up as unknown, below the deadline of the call
/// that waits; the producer goes on delivering it until [Patience#delivery].
public final class KafkaAcceptLog implements AcceptLog, AutoCloseable {
  private static final int BUFFER_BYTES = 32 << 20;
  private static final String ORDER_NO = "order-no";
  private static final String LANE = "lane";
  private static final String TRACEPARENT = "traceparent";

  private final Supplier<Producer<byte[], byte[]>> fresh;
  private final AtomicReference<Producer<byte[], byte[]>> producer;
  private final Supplier<String> traceparent;
  private final Patience patience;

  /// How long is waited for what.
  ///
  /// @param linger for more records of a batch
  /// @param append for one record's acknowledgement
  /// @param delivery for a batch's, until it is given up
  public record Patience(Duration linger, Duration append, Duration delivery) {}

  /// Opens a producer.
  ///
  /// @param traceparent the W3C trace context of the calling thread, empty where there is none
  public KafkaAcceptLog(String bootstrapServers, Patience patience, Supplier<String> traceparent) {
    this.fresh =
        () ->
            new KafkaProducer<>(
                settings(bootstrapServers, patience),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    this.producer = new AtomicReference<>(fresh.get());
    this.traceparent = traceparent;
    this.patience = patience;
  }

  /// Asks who leads the log's partitions; throws KafkaException while nobody answers.
  public void warm(LogName log) {
    var _ = producer.get().partitionsFor(log.topic());
  }

  /// Takes another producer in the place of this one, which may be in a state that it does not
  /// leave, and asks it who leads the log's partitions; throws KafkaException while nobody answers.
  /// What the former one still had to send is dropped: its callers hear that they cannot know.
  public void renew(LogName log) {
    producer.getAndSet(fresh.get()).close(Duration.ZERO);
    warm(log);
  }

  @Override
  public Appended append(LogName log, AcceptedOrder order) {
    int partition = Partitions.of(order.getActId(), log.partitions());
    byte[] key = Long.toString(order.getActId()).getBytes(UTF_8);
    var record =
        new ProducerRecord<byte[], byte[]>(log.topic(), partition, key, order.toByteArray());
    addHeaders(record.headers(), order);
    try {
      Future<RecordMetadata> ack = producer.get().send(record);
      RecordMetadata metadata = ack.get(patience.append().toMillis(), TimeUnit.MILLISECONDS);
      return new Appended(metadata.partition(), metadata.offset());
    } catch (ExecutionException e) {
      throw new AppendUnknownException("the append failed", e);
    } catch (TimeoutException e) {
      throw new AppendUnknownException("the append is late", e);
    } catch (RuntimeException e) {
      // Whatever the producer says: closed, out of buffer, in a state it does not leave.
      throw new AppendUnknownException("the producer refused", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AppendUnknownException("interrupted while appending", e);
    }
  }

  @Override
  public void close() {
    producer.get().close(patience.delivery());
  }

  private void addHeaders(Headers headers, AcceptedOrder order) {
    headers.add(ORDER_NO, order.getOrderNo().getBytes(UTF_8));
    headers.add(LANE, LogName.word(order.getLane()).getBytes(UTF_8));
    String trace = traceparent.get();
    if (!trace.isEmpty()) {
      headers.add(TRACEPARENT, trace.getBytes(UTF_8));
    }
  }

  private static Map<String, Object> settings(String bootstrapServers, Patience patience) {
    int lingerMs = (int) patience.linger().toMillis();
    int deliveryMs = (int) patience.delivery().toMillis();
    return Map.ofEntries(
        Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
        Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
        Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
        Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
        Map.entry(ProducerConfig.LINGER_MS_CONFIG, lingerMs),
        Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES),
        Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMs),
        // A leader that hangs is noticed when the first call has given up; there is time to send
        // again then.
        Map.entry(
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) Math.min(patience.append().toMillis(), deliveryMs - lingerMs - 1)),
        Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.append().toMillis() / 2),
        Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500),
        Map.entry(ProducerConfig.METADATA_MAX_AGE_CONFIG, 5_000));
  }
}
