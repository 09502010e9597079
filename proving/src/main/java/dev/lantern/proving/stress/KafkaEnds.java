package dev.lantern.proving.stress;

import dev.lantern.proving.place.StackAccess;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// Where every partition of some topics ends.
final class KafkaEnds {
  private static final int WAIT_MS = 5_000;

  private KafkaEnds() {}

  /// By `topic/partition`. Throws IllegalStateException while Kafka does not answer.
  static Map<String, Long> of(StackAccess stack, String prefix) {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            stack.kafka(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            WAIT_MS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            WAIT_MS);
    Admin kafka = Admin.create(settings);
    try {
      return read(kafka, prefix);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Kafka cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      kafka.close(Duration.ofSeconds(1));
    }
  }

  private static Map<String, Long> read(Admin kafka, String prefix)
      throws ExecutionException, TimeoutException, InterruptedException {
    var topics =
        kafka.listTopics().names().get(WAIT_MS, TimeUnit.MILLISECONDS).stream()
            .filter(topic -> topic.startsWith(prefix))
            .toList();
    Map<TopicPartition, OffsetSpec> asked =
        kafka
            .describeTopics(topics)
            .allTopicNames()
            .get(WAIT_MS, TimeUnit.MILLISECONDS)
            .values()
            .stream()
            .flatMap(topic ->
                topic.partitions().stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
            .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
    var ends = new TreeMap<String, Long>();
    kafka
        .listOffsets(asked)
        .all()
        .get(WAIT_MS, TimeUnit.MILLISECONDS)
        .forEach((partition, end) ->
            ends.put(partition.topic() + "/" + partition.partition(), end.offset()));
    return ends;
  }
}
