package dev.lantern.ordercenter.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.settle.KafkaLogPieces;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.LogPieces;
import dev.lantern.ordercenter.settle.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The accept log on a real broker and a real table.
@Tag("engine")
final class KafkaQueueEngineTest {
  private static Engines engines;
  private static Ledger ledger;
  private static KafkaTopics topics;
  private static KafkaAcceptLog log;

  @BeforeAll
  static void open() {
    engines = SharedEngines.with(Engine.MARIADB, Engine.KAFKA);
    ledger = Ledger.open(engines);
    String kafka = engines.address(Engine.KAFKA);
    topics = new KafkaTopics(kafka, (short) 1, Duration.ofSeconds(10));
    log =
        new KafkaAcceptLog(
            kafka,
            new KafkaAcceptLog.Patience(
                Duration.ofMillis(2), Duration.ofSeconds(10), Duration.ofSeconds(10)),
            () -> "00-trace-span-01");
  }

  @AfterAll
  static void close() {
    log.close();
    topics.close();
    ledger.close();
  }

  @Test
  void registry_makesTheLanesLog_onceForAll() {
    MysqlLogTable table = new MysqlLogTable(ledger.database());
    AcceptLogRegistry one = new AcceptLogRegistry(table, topics);
    AcceptLogRegistry two = new AcceptLogRegistry(table, topics);
    for (int tries = 0; tries < 100 && two.current(Lane.LANE_STRESS).isEmpty(); tries++) {
      one.ensure(Lane.LANE_STRESS, 4);
      two.ensure(Lane.LANE_STRESS, 4);
    }
    one.refresh();
    LogName made = one.current(Lane.LANE_STRESS).orElseThrow();
    assertThat(two.current(Lane.LANE_STRESS)).contains(made);
    assertThat(topics.idOf(made.topic())).contains(made.topicId());
    assertThat(table.planned()).isEmpty();
  }

  /// Brokers' defaults delete after a week, booked or not.
  @Test
  void madeTopic_keepsWhatIsNotBooked_whateverTheBrokersSay() throws Exception {
    LogName name = newLog("queue-test-kept", 1);
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, name.topic());
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, engines.address(Engine.KAFKA)))) {
      Config made =
          Objects.requireNonNull(
              admin.describeConfigs(List.of(topic)).all().get(20, TimeUnit.SECONDS).get(topic));
      assertThat(
              made.entries().stream()
                  .filter(e -> e.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                  .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)))
          .containsEntry("retention.ms", "-1")
          .containsEntry("retention.bytes", "-1")
          .containsEntry("cleanup.policy", "delete")
          .containsEntry("min.insync.replicas", "1")
          .containsEntry("unclean.leader.election.enable", "false");
    }
  }

  @Test
  void appended_record_liesInTheUsersPartition_belowTheEnd() {
    LogName name = newLog("queue-test-1", 8);
    AcceptedOrder order =
        AcceptedOrder.newBuilder().setActId(12345).setOrderNo("12345_a_1_1_3").build();
    AcceptLog.Appended appended = log.append(name, order);

    assertThat(appended.partition()).isEqualTo(Partitions.of(12345, 8));
    assertThat(appended.offset()).isZero();
    assertThat(topics.ends(name.topic(), 8).orElseThrow()[appended.partition()]).isEqualTo(1);
    ConsumerRecord<byte[], byte[]> record = read(name, appended.partition()).getFirst();
    assertThat(record.value()).isEqualTo(order.toByteArray());
    assertThat(record.key()).isEqualTo("12345".getBytes(UTF_8));
    assertThat(record.headers().lastHeader("order-no").value())
        .isEqualTo("12345_a_1_1_3".getBytes(UTF_8));
    assertThat(record.headers().lastHeader("traceparent").value())
        .isEqualTo("00-trace-span-01".getBytes(UTF_8));
  }

  @Test
  void append_toATopicThatIsNone_isUnknown_andCreatesNothing() {
    LogName none = new LogName(Lane.LANE_LIVE, 9, "queue-test-none", "no-id", 8);
    try (KafkaAcceptLog hasty =
        new KafkaAcceptLog(
            engines.address(Engine.KAFKA),
            new KafkaAcceptLog.Patience(
                Duration.ofMillis(2), Duration.ofMillis(600), Duration.ofMillis(600)),
            () -> "")) {
      assertThatThrownBy(() -> hasty.append(none, AcceptedOrder.newBuilder().setActId(1).build()))
          .isInstanceOf(AppendUnknownException.class);
    }
    assertThat(topics.idOf(none.topic())).isEmpty();
    assertThat(topics.ends(none.topic(), 8)).isEmpty();
  }

  @Test
  void append_afterTheClose_isUnknown() {
    KafkaAcceptLog closed =
        new KafkaAcceptLog(
            engines.address(Engine.KAFKA),
            new KafkaAcceptLog.Patience(
                Duration.ofMillis(2), Duration.ofMillis(600), Duration.ofMillis(600)),
            () -> "");
    closed.close();
    LogName none = new LogName(Lane.LANE_LIVE, 9, "queue-test-none", "no-id", 8);
    assertThatThrownBy(() -> closed.append(none, AcceptedOrder.newBuilder().setActId(1).build()))
        .isInstanceOf(AppendUnknownException.class);
  }

  @Test
  void append_givenUp_isStillDelivered() {
    LogName name = newLog("queue-test-3", 1);
    AcceptedOrder order = AcceptedOrder.newBuilder().setActId(1).setOrderNo("1_a_1_1_3").build();
    // The producer gathers for longer than the call waits.
    try (KafkaAcceptLog slow =
        new KafkaAcceptLog(
            engines.address(Engine.KAFKA),
            new KafkaAcceptLog.Patience(
                Duration.ofSeconds(2), Duration.ofMillis(1_200), Duration.ofSeconds(10)),
            () -> "")) {
      slow.warm(name);
      assertThatThrownBy(() -> slow.append(name, order)).isInstanceOf(AppendUnknownException.class);
      assertThat(read(name, 0))
          .hasSize(1)
          .first()
          .satisfies(record -> assertThat(record.value()).isEqualTo(order.toByteArray()));
    }
  }

  @Test
  void backlog_isTheEndLessWhatIsBooked() {
    LogName name = newLog("queue-test-2", 1);
    PolledBacklog backlog = new PolledBacklog(topics, ledger.database(), 3);
    assertThat(backlog.isFull(name, 0)).isFalse();
    for (int i = 0; i < 4; i++) {
      log.append(name, AcceptedOrder.newBuilder().setActId(7).build());
    }
    backlog.refresh(name);
    assertThat(backlog.isFull(name, 0)).isTrue();
    assertThat(backlog.total(name)).contains(4L);

    ledger
        .database()
        .update(
            "insert into queue_offsets (lane, topic_id, partition_no, next_offset, owner, epoch, seq)"
                + " values (1, ?, 0, 2, 'me', 1, 1)",
            name.topicId());
    backlog.refresh(name);
    assertThat(backlog.isFull(name, 0)).isFalse();
    assertThat(backlog.total(name)).contains(2L);
  }

  @Test
  void pieces_areReadFromAnywhere_asOftenAsWanted_andNotPastTheirEnd() {
    LogName name = newLog("queue-test-pieces", 1);
    for (int n = 0; n < 10; n++) {
      var _ = log.append(name, AcceptedOrder.newBuilder().setActId(n + 1).build());
    }
    try (KafkaLogPieces pieces = new KafkaLogPieces(engines.address(Engine.KAFKA), "test")) {
      LogPieces.Piece first = pieces.read(name, 0, 0, 7, 4);
      LogPieces.Piece second = pieces.read(name, 0, first.next(), 7, 4);
      assertThat(first.records()).extracting(LogRecord::offset).containsExactly(0L, 1L, 2L, 3L);
      assertThat(second.records()).extracting(LogRecord::offset).containsExactly(4L, 5L, 6L);
      assertThat(second.next()).isEqualTo(7);
      assertThat(pieces.read(name, 0, 0, 7, 4)).isEqualTo(first);
    }
  }

  private static LogName newLog(String topic, int partitions) {
    topics.create(topic, partitions);
    topics.create(topic, partitions);
    // A topic just created is not known to every broker's cache at once.
    for (int asks = 0; asks < 100; asks++) {
      Optional<String> topicId = topics.idOf(topic);
      if (topicId.isPresent()) {
        return new LogName(Lane.LANE_LIVE, 1, topic, topicId.get(), partitions);
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new AssertionError("no topic " + topic);
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(LogName name, int partition) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", engines.address(Engine.KAFKA)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition at = new TopicPartition(name.topic(), partition);
      consumer.assign(List.of(at));
      consumer.seekToBeginning(List.of(at));
      for (int polls = 0; polls < 50 && records.isEmpty(); polls++) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
