package dev.lantern.ordercenter;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.LeaseIds;
import dev.lantern.ordercenter.budget.LeaseKeeper;
import dev.lantern.ordercenter.budget.LeaseThreads;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.budget.MysqlLeaseStore;
import dev.lantern.ordercenter.grant.DownstreamConfig;
import dev.lantern.ordercenter.queue.AcceptLogRegistry;
import dev.lantern.ordercenter.queue.KafkaTopics;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.MysqlLogTable;
import dev.lantern.runtime.client.Channels;
import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.sql.Database;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// What both roles stand on, in one lane. Opens everything; stores that are down do not hinder the
/// start, but the schema must be right first.
///
/// `life` is this life of the process: another start has another one, so that nobody takes up what
/// a former life held.
///
/// The live lane's is the process's own. The stress lane's ([#ofStress]) has its own schema, topics
/// and connections, fewer of each, and shares what holds no state: identity, channels, traces.
final class Foundation implements AutoCloseable {
  static final String NAME = "order-center";

  private static final Duration CALL_DEADLINE = Duration.ofSeconds(1);

  final Lane lane;
  final String life;
  final Clock clock = () -> new Moment(System.nanoTime(), Instant.now());
  final Telemetry telemetry;
  final Database database;
  final Redis redisA;
  final KafkaTopics topics;
  final AcceptLogRegistry logs;
  final LeaseKeeper leases;

  private final OrderCenterConfig config;
  private final TlsIdentity identity;
  private final Channels channels;
  private final LeaseThreads leaseThreads;

  Foundation(OrderCenterConfig config) {
    this.config = config;
    SecureRandom random = new SecureRandom();
    lane = Lane.LANE_LIVE;
    life = config.instance() + "/" + HexFormat.of().toHexDigits(random.nextInt());
    telemetry =
        Telemetry.start(
            config.telemetry(), NAME, config.server().host(), config.server().metricsPort());
    identity = TlsIdentity.open(config.server().tls());
    channels = new Channels(identity, telemetry, CALL_DEADLINE);
    database = Database.open(config.database(), NAME);
    redisA = Redis.connect(config.redisA(), NAME);
    topics = kafka(config.kafka(), Optional.empty());
    logs = new AcceptLogRegistry(new MysqlLogTable(database), topics);
    leases = keeper(random);
    leaseThreads = LeaseThreads.start(leases, config.leases().terms());
  }

  private Foundation(Foundation live, StressConfig stress, long opening) {
    config = live.config;
    lane = Lane.LANE_STRESS;
    life = live.life + "/trial-" + opening;
    telemetry = live.telemetry.unmetered();
    identity = live.identity;
    channels = live.channels;
    database = Database.open(stress.database(config.database()), NAME + "-stress");
    redisA = Redis.connect(stress.redis(config.redisA()), NAME + "-stress");
    topics = kafka(config.kafka(), Optional.of(stress.recordsLast()));
    logs = new AcceptLogRegistry(new MysqlLogTable(database), topics, "-" + opening);
    leases = keeper(new SecureRandom());
    leaseThreads = LeaseThreads.start(leases, config.leases().terms());
  }

  /// What one opening of the stress lane stands on; closing it leaves this one as it is.
  Foundation ofStress(StressConfig stress, long opening) {
    return new Foundation(this, stress, opening);
  }

  private static KafkaTopics kafka(KafkaConfig kafka, Optional<Duration> retention) {
    return new KafkaTopics(
        kafka.bootstrapServers(), (short) kafka.replication(), kafka.adminTimeout(), retention);
  }

  private LeaseKeeper keeper(SecureRandom random) {
    return new LeaseKeeper(
        new MysqlLeaseStore(database),
        this::usualLog,
        new LeaseIds(random::nextLong),
        life,
        config.leases().terms(),
        config.leases().grantWait(),
        clock);
  }

  /// Closes what the lane has for itself.
  @Override
  public void close() {
    leaseThreads.close();
    topics.close();
    redisA.close();
    database.close();
  }

  /// A server with the health of what is open here; it closes all of it at its end.
  ServiceHost.Builder host() {
    return ServiceHost.builder(NAME, config.server(), identity, telemetry)
        .health("mysql", database::ping)
        .health("redis-a", redisA::ping)
        .health("kafka", this::requireLog)
        .onStop(telemetry)
        .onStop(identity)
        .onStop(database)
        .onStop(redisA)
        .onStop(topics)
        .onStop(channels)
        .onStop(leaseThreads);
  }

  /// A channel that connects now: the first user shall not wait for the handshake.
  Channel connecting(ServiceAddress address) {
    ManagedChannel channel = channels.to(address);
    var _ = channel.getState(true);
    return channel;
  }

  /// A channel to a downstream, secured as its section says; connects when first used.
  ManagedChannel channelTo(DownstreamConfig downstream) {
    return switch (downstream.security()) {
      case MUTUAL -> channels.to(downstream.address());
      case PLAINTEXT ->
          Grpc.newChannelBuilderForAddress(
                  downstream.address().host(),
                  downstream.address().port(),
                  InsecureChannelCredentials.create())
              .intercept(telemetry.clientInterceptor())
              .build();
    };
  }

  /// How many partitions the lane's logs have.
  int partitions() {
    return logs.partitions(lane, config.kafka().partitions());
  }

  /// This process's leases for what is booked by itself, without a log: forced, retried, or paid by
  /// an operator (L6). A unit of a topic's lease would be fenced by that topic's end, which a
  /// booking beside it does not wait for.
  Leases ownLeases() {
    return leases.from(() -> LogName.direct(lane, partitions()));
  }

  // Accepting names the log of each take; whatever settlement takes it books by itself.
  private Optional<LogName> usualLog() {
    return switch (config.role()) {
      case API -> logs.current(lane);
      case SETTLE -> Optional.of(LogName.direct(lane, partitions()));
    };
  }

  /// The lane's accept log; throws IllegalStateException while there is none to use.
  LogName requireLog() {
    return logs.current(lane)
        .orElseThrow(() ->
            new IllegalStateException("no accept log, or its topic is not the one in the table"));
  }
}
