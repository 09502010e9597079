package dev.lantern.proving.present;

import dev.lantern.proving.place.StackAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/// Deletes a topic with all it holds and makes an empty one under its name.
final class KafkaLoss {
  private static final int WAIT_MS = 10_000;
  private static final int TRIES = 50;
  private static final Duration STEP = Duration.ofMillis(200);

  private KafkaLoss() {}

  /// @param pause lets time pass while the broker still has the old one
  static void remake(
      StackAccess stack,
      String topic,
      int partitions,
      java.util.function.Consumer<Duration> pause) {
    Admin kafka =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.kafka(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                WAIT_MS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                WAIT_MS));
    try {
      done(kafka.deleteTopics(List.of(topic)).all());
      for (int tried = 0; tried < TRIES; tried++) {
        if (made(kafka, topic, partitions)) {
          return;
        }
        pause.accept(STEP);
      }
      throw new IllegalStateException("the topic " + topic + " does not go away");
    } finally {
      kafka.close(Duration.ofSeconds(1));
    }
  }

  private static boolean made(Admin kafka, String topic, int partitions) {
    try {
      done(kafka.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all());
      return true;
    } catch (IllegalStateException refused) {
      if (refused.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw refused;
    }
  }

  private static void done(Future<?> reply) {
    try {
      reply.get(WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka refused: " + e.getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("Kafka is late", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
