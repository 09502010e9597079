package dev.lantern.proving.place;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// How many accepted orders are not booked yet: Kafka's own ends against the ledger's offsets, and
/// the rows of the inbox.
public final class QueueLag implements AutoCloseable {
  private static final int WAIT_MS = 3_000;

  private final Admin kafka;
  private final Auditor auditor;

  public QueueLag(StackAccess stack, Auditor auditor) {
    var settings = new Properties();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, WAIT_MS);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, WAIT_MS);
    this.kafka = Admin.create(settings);
    this.auditor = auditor;
  }

  /// What is accepted and not booked, the inbox's rows included. Empty while either side cannot be
  /// read.
  public OptionalLong records() {
    return asked(() -> inLogs() + auditor.waiting());
  }

  /// The same of the logs alone.
  public OptionalLong inLog() {
    return asked(this::inLogs);
  }

  private static OptionalLong asked(Count count) {
    try {
      return OptionalLong.of(count.count());
    } catch (ExecutionException | TimeoutException | IllegalStateException unreachable) {
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  /// What may not be known now.
  @FunctionalInterface
  private interface Count {
    long count() throws ExecutionException, InterruptedException, TimeoutException;
  }

  private long inLogs() throws ExecutionException, InterruptedException, TimeoutException {
    var next = new HashMap<TopicPartition, Long>();
    for (Auditor.Booked booked : auditor.offsets()) {
      for (int partition = 0; partition < booked.partitions(); partition++) {
        next.putIfAbsent(new TopicPartition(booked.topic(), partition), 0L);
      }
      next.put(new TopicPartition(booked.topic(), booked.partition()), booked.nextOffset());
    }
    var asked = new HashMap<TopicPartition, OffsetSpec>();
    next.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> ends =
        kafka.listOffsets(asked).all().get(WAIT_MS, TimeUnit.MILLISECONDS);
    long lag = 0;
    for (var end : ends.entrySet()) {
      lag += Math.max(0, end.getValue().offset() - next.getOrDefault(end.getKey(), 0L));
    }
    return lag;
  }

  @Override
  public void close() {
    kafka.close(Duration.ofSeconds(1));
  }
}
