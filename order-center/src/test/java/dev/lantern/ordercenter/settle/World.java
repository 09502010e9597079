package dev.lantern.ordercenter.settle;

import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.counter.v1.AddRequest;
import dev.lantern.counter.v1.AddResponse;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.ordercenter.SettleWiring;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.LeaseIds;
import dev.lantern.ordercenter.budget.LeaseKeeper;
import dev.lantern.ordercenter.budget.LeaseTerms;
import dev.lantern.ordercenter.budget.LeaseThreads;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.budget.MysqlLeaseStore;
import dev.lantern.ordercenter.queue.AcceptLogRegistry;
import dev.lantern.ordercenter.queue.AppendUnknownException;
import dev.lantern.ordercenter.queue.KafkaAcceptLog;
import dev.lantern.ordercenter.queue.KafkaTopics;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.LogTable;
import dev.lantern.ordercenter.queue.MysqlLogTable;
import dev.lantern.ordercenter.weak.BreakerTerms;
import dev.lantern.ordercenter.weak.Dependencies;
import dev.lantern.ordercenter.weak.OrderSwitch;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.redis.Script;
import dev.lantern.stores.redis.TokenBuckets;
import dev.lantern.stores.sql.Database;
import dev.lantern.token.v1.SignedToken;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// What a settle role lives in: a real ledger, queue and Redis, and a counter service that
/// remembers what it is told. Roles can be started in it, any number.
public final class World implements AutoCloseable {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final int PARTITIONS = 8;
  private static final int ATTEMPTS = 10;
  private static final Script FLUSH = Redis.script("redis.call('FLUSHALL') return {KEYS[1]}");
  private static final Script PUT =
      Redis.script("redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) return {}");
  private static final Script COUNT =
      Redis.script("return {#redis.call('KEYS', 'lantern:*:tokens:*'), KEYS[1]}");

  public final Engines engines = SharedEngines.with(Engine.MARIADB, Engine.REDIS_A, Engine.KAFKA);
  public final Ledger ledger = Ledger.open(engines);
  public final Clock clock = () -> new Moment(System.nanoTime(), Instant.now());
  public final KafkaTopics topics =
      new KafkaTopics(engines.address(Engine.KAFKA), (short) 1, Duration.ofSeconds(5));
  public final AcceptLogRegistry logs =
      new AcceptLogRegistry(new MysqlLogTable(ledger.database()), topics);
  public final Redis redis =
      Redis.connect(
          RedisConfig.at(
                  engines.host(),
                  engines.port(Engine.REDIS_A),
                  new Secret(engines.redisPassword(Engine.REDIS_A)))
              .withCallTimeout(Duration.ofSeconds(5)),
          "test");
  public final Map<String, Long> counted = new ConcurrentHashMap<>();
  public final LogName log;
  private final KafkaAcceptLog queue =
      new KafkaAcceptLog(
          engines.address(Engine.KAFKA),
          new KafkaAcceptLog.Patience(
              Duration.ofMillis(2), Duration.ofSeconds(5), Duration.ofSeconds(5)),
          () -> "");
  private final Telemetry telemetry = Telemetry.quiet("settle-test");

  /// Switches that operators have off, as the roles see them.
  public final Set<OrderSwitch> off = ConcurrentHashMap.newKeySet();

  /// How often the roles have looked at them.
  public final AtomicInteger looks = new AtomicInteger();

  /// What the roles go by.
  public final Dependencies weak =
      new Dependencies(
          Set.of(OrderSwitch.COUNTERS, OrderSwitch.DOWNSTREAMS),
          one -> {
            looks.incrementAndGet();
            return !off.contains(one);
          },
          BreakerTerms.STANDARD,
          clock);

  /// Whether the counter service refuses.
  public volatile boolean countersAway;

  /// How often it was asked.
  public final AtomicInteger countersAsked = new AtomicInteger();

  private final Server counterServer;
  private final ManagedChannel counters;
  private final Deque<Role> open = new ArrayDeque<>();

  public World() {
    String name = "settle-test-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet();
    redis.eval(FLUSH, "any");
    log = newLog(name, 1);
    try {
      counterServer =
          InProcessServerBuilder.forName(name).addService(new Remembering()).build().start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    counters = InProcessChannelBuilder.forName(name).build();
  }

  /// A generation of the accept log.
  public LogName newLog(String topic, int generation) {
    LogTable table = new MysqlLogTable(ledger.database());
    LogTable.Planned planned = new LogTable.Planned(Lane.LANE_LIVE, generation, topic, PARTITIONS);
    table.plan(planned);
    topics.create(topic, PARTITIONS);
    // A topic just created is not known to every broker's cache at once.
    Eventually.is(
        Duration.ofSeconds(20), () -> "no " + topic, () -> topics.idOf(topic).isPresent());
    table.named(planned, topics.idOf(topic).orElseThrow());
    logs.refresh();
    return logs.current(Lane.LANE_LIVE).orElseThrow();
  }

  /// A settle role as production runs it, but hasty: walks of the sweep begin at once.
  public Role start(String name) {
    return start(name, new HastySettle().config());
  }

  public Role start(String name, SettleConfig config) {
    String me = name + "/" + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    Database database = ledger.connect(12, name);
    AcceptLogRegistry ownLogs = new AcceptLogRegistry(new MysqlLogTable(database), topics);
    LeaseKeeper leases =
        new LeaseKeeper(
            new MysqlLeaseStore(database),
            () -> ownLogs.current(Lane.LANE_LIVE),
            new LeaseIds(() -> ThreadLocalRandom.current().nextLong()),
            me,
            LeaseTerms.STANDARD,
            Duration.ofMillis(400),
            clock);
    LeaseThreads threads = LeaseThreads.start(leases, LeaseTerms.STANDARD);
    SettleWiring wiring =
        SettleWiring.start(
            config,
            new SettleWiring.Drivers(
                database,
                redis,
                engines.address(Engine.KAFKA),
                () -> ownLogs.partitions(Lane.LANE_LIVE, PARTITIONS),
                topics,
                ownLogs,
                leases,
                counters,
                weak,
                telemetry,
                clock,
                ZoneId.of("Asia/Shanghai")),
            Lane.LANE_LIVE,
            me);
    Role role = new Role(me, wiring, threads, database);
    open.push(role);
    return role;
  }

  /// Many at once; all are acknowledged when this returns.
  public void acceptAll(Collection<Given> given) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> accepted = new ArrayList<>();
      given.forEach(one -> accepted.add(threads.submit(() -> accept(one))));
      for (Future<?> one : accepted) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("an order could not be accepted", e);
    }
  }

  /// What accept does once a unit is taken: the record, then the token.
  public void accept(Given given) {
    append(given);
    keepToken(given);
  }

  /// Appends, and again while it is unknown whether it was: a second record adds nothing (A5).
  public void append(Given given) {
    untilItIsKnown(() -> {
      var _ = queue.append(log, given.proto());
    });
  }

  /// As a client asks again; on a busy machine a first call may take longer than it may.
  private static void untilItIsKnown(Runnable step) {
    for (int attempt = 1; ; attempt++) {
      try {
        step.run();
        return;
      } catch (AppendUnknownException | RedisUnavailableException unknown) {
        if (attempt == ATTEMPTS) {
          throw unknown;
        }
      }
    }
  }

  public void keepToken(Given given) {
    untilItIsKnown(() ->
        redis.eval(
            PUT,
            TokenBuckets.tokensKey(Lane.LANE_LIVE_VALUE, given.actId()),
            Call.arg(given.orderNo().text()),
            StoredToken.newBuilder()
                .setToken(SignedToken.newBuilder().setKeyId("live-1"))
                .setOrder(given.proto())
                .build()
                .toByteArray()));
  }

  /// How many users have tokens outstanding.
  public long tokenMaps() {
    return redis.eval(COUNT, "any").getLong(0);
  }

  public void flushRedis() {
    redis.eval(FLUSH, "any");
  }

  public List<OffsetRow> rows() {
    return new MysqlOffsetStore(ledger.database()).rows(Lane.LANE_LIVE);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    counters.shutdownNow();
    counterServer.shutdownNow();
    queue.close();
    topics.close();
    redis.close();
    telemetry.close();
    ledger.close();
  }

  /// Ends a role as SIGTERM does.
  public void stop(Role role) {
    if (open.remove(role)) {
      role.close();
    }
  }

  /// A running role.
  public record Role(String me, SettleWiring wiring, LeaseThreads threads, Database database) {
    private void close() {
      wiring.close();
      threads.close();
      database.close();
    }
  }

  private final class Remembering extends CounterServiceGrpc.CounterServiceImplBase {
    @Override
    public void add(AddRequest request, StreamObserver<AddResponse> reply) {
      countersAsked.incrementAndGet();
      if (countersAway) {
        reply.onError(Status.UNAVAILABLE.asRuntimeException());
        return;
      }
      request
          .getTotalsList()
          .forEach(
              total -> counted.put(total.getName() + " " + total.getWriter(), total.getTotal()));
      reply.onNext(AddResponse.newBuilder().setReplicasCount(2).build());
      reply.onCompleted();
    }
  }

  /// The defaults with less patience.
  private record HastySettle() {
    SettleConfig config() {
      return new SettleConfig(
          Duration.ofSeconds(6),
          Duration.ofSeconds(2),
          Duration.ofMillis(20),
          Duration.ofSeconds(1),
          Duration.ofSeconds(15),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofMillis(500));
    }
  }
}
