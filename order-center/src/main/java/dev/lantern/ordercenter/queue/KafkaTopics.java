package dev.lantern.ordercenter.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// [Topics] by Kafka's admin client.
public final class KafkaTopics implements Topics, AutoCloseable {
  private final Admin admin;
  private final short replication;
  private final Duration deadline;

  public KafkaTopics(String bootstrapServers, short replication, Duration deadline) {
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) deadline.toMillis(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) deadline.toMillis(),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500));
    this.replication = replication;
    this.deadline = deadline;
  }

  @Override
  public Optional<String> idOf(String topic) {
    return await(admin.describeTopics(List.of(topic)).allTopicNames())
        .map(topics -> topics.get(topic))
        .map(TopicDescription::topicId)
        .map(Object::toString);
  }

  @Override
  public Optional<long[]> ends(String topic, int partitions) {
    Map<TopicPartition, OffsetSpec> asked = HashMap.newHashMap(partitions);
    for (int partition = 0; partition < partitions; partition++) {
      asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    return await(admin.listOffsets(asked).all()).map(offsets -> toArray(offsets, partitions));
  }

  @Override
  public void create(String topic, int partitions) {
    var wanted = new NewTopic(topic, partitions, replication).configs(settings());
    await(admin.createTopics(List.of(wanted)).all());
  }

  /// What the log must be, whatever the brokers' defaults are: what is not booked yet is never
  /// deleted by age or size, and an acknowledged record is on more than one replica where there are
  /// more.
  private Map<String, String> settings() {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG,
        "-1",
        TopicConfig.RETENTION_BYTES_CONFIG,
        "-1",
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
        Integer.toString(Math.max(1, replication - 1)),
        TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
        "false");
  }

  @Override
  public void close() {
    admin.close(deadline);
  }

  private static long[] toArray(
      Map<TopicPartition, ListOffsetsResultInfo> offsets, int partitions) {
    long[] ends = new long[partitions];
    offsets.forEach((partition, info) -> ends[partition.partition()] = info.offset());
    return ends;
  }

  private <T> Optional<T> await(Future<T> reply) {
    try {
      return Optional.ofNullable(reply.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof TopicExistsException) {
        return Optional.empty();
      }
      throw new LogUnavailableException("the queue engine refused", e);
    } catch (TimeoutException e) {
      throw new LogUnavailableException("the queue engine is late", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("interrupted", e);
    }
  }
}
