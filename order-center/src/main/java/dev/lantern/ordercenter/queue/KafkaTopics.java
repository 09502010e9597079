package dev.lantern.ordercenter.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final long retentionMillis;

  /// Topics that keep their records until they are booked.
  public KafkaTopics(String bootstrapServers, short replication, Duration deadline) {
    this(bootstrapServers, replication, deadline, Optional.empty());
  }

  /// @param retention after which records are deleted, booked or not: for trials alone
  public KafkaTopics(
      String bootstrapServers, short replication, Duration deadline, Optional<Duration> retention) {
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
    this.retentionMillis = retention.map(Duration::toMillis).orElse(-1L);
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

  /// The topics whose names begin so.
  public List<String> named(String prefix) {
    return await(admin.listTopics().names()).orElse(Set.of()).stream()
        .filter(topic -> topic.startsWith(prefix))
        .sorted()
        .toList();
  }

  /// How many records are in a topic; 0 when there is none of this name.
  public long records(String topic) {
    int partitions =
        await(admin.describeTopics(List.of(topic)).allTopicNames())
            .map(topics -> topics.get(topic))
            .map(found -> found.partitions().size())
            .orElse(0);
    long records = 0;
    for (int partition = 0; partition < partitions; partition++) {
      var id = new TopicPartition(topic, partition);
      records += offset(id, OffsetSpec.latest()) - offset(id, OffsetSpec.earliest());
    }
    return records;
  }

  private long offset(TopicPartition partition, OffsetSpec which) {
    return await(admin.listOffsets(Map.of(partition, which)).all())
        .map(offsets -> offsets.get(partition))
        .map(ListOffsetsResultInfo::offset)
        .orElse(0L);
  }

  /// Deletes these topics; says nothing of one that is gone. Their names are never used again.
  public void delete(List<String> gone) {
    gone.forEach(topic -> await(admin.deleteTopics(List.of(topic)).all()));
  }

  /// What the log must be, whatever the brokers' defaults are: what is not booked yet is never
  /// deleted by age or size, and an acknowledged record is on more than one replica where there are
  /// more.
  private Map<String, String> settings() {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG,
        Long.toString(retentionMillis),
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
