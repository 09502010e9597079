package dev.lantern.ordercenter.queue;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("engine")
final class KafkaAcceptLogEngineTest extends AcceptLogContract {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static KafkaTopics topics;
  private static KafkaAcceptLog log;

  @BeforeAll
  static void open() {
    String kafka = SharedEngines.with(Engine.KAFKA).address(Engine.KAFKA);
    topics = new KafkaTopics(kafka, (short) 1, Duration.ofSeconds(10));
    log =
        new KafkaAcceptLog(
            kafka,
            new KafkaAcceptLog.Patience(
                Duration.ofMillis(2), Duration.ofSeconds(3), Duration.ofSeconds(5)),
            () -> "");
  }

  @AfterAll
  static void close() {
    log.close();
    topics.close();
  }

  @Override
  AcceptLog log() {
    return log;
  }

  @Override
  Topics topics() {
    return topics;
  }

  @Override
  LogName newLog() {
    String topic = "contract-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet();
    topics.create(topic, 8);
    // A topic just created is not known to every broker's cache at once.
    for (int asks = 0; asks < 100; asks++) {
      Optional<String> topicId = topics.idOf(topic);
      if (topicId.isPresent()) {
        return new LogName(Lane.LANE_LIVE, 1, topic, topicId.get(), 8);
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new AssertionError("no topic " + topic);
  }
}
