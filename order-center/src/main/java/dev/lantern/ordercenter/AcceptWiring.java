package dev.lantern.ordercenter;

import dev.lantern.ordercenter.budget.MysqlLeaseStore;
import dev.lantern.ordercenter.campaign.CampaignRounds;
import dev.lantern.ordercenter.campaign.CampaignWatch;
import dev.lantern.ordercenter.campaign.RedisSceneCount;
import dev.lantern.ordercenter.campaign.SharedSceneRates;
import dev.lantern.ordercenter.fund.CampaignLimits;
import dev.lantern.ordercenter.fund.DayAllowance;
import dev.lantern.ordercenter.fund.RedisDays;
import dev.lantern.ordercenter.fund.StoredSpent;
import dev.lantern.ordercenter.order.Accept;
import dev.lantern.ordercenter.order.AcceptBatch;
import dev.lantern.ordercenter.order.Coalescer;
import dev.lantern.ordercenter.order.Issue;
import dev.lantern.ordercenter.order.MysqlEpochs;
import dev.lantern.ordercenter.order.MysqlInbox;
import dev.lantern.ordercenter.order.MysqlOrderReader;
import dev.lantern.ordercenter.order.OrderDesk;
import dev.lantern.ordercenter.order.OrderQuery;
import dev.lantern.ordercenter.order.OrderReader;
import dev.lantern.ordercenter.order.RedisPromises;
import dev.lantern.ordercenter.order.RemoteSigner;
import dev.lantern.ordercenter.order.Replay;
import dev.lantern.ordercenter.order.Together;
import dev.lantern.ordercenter.queue.KafkaAcceptLog;
import dev.lantern.ordercenter.queue.PolledBacklog;
import dev.lantern.ordercenter.settle.DirectLog;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.ordercenter.sweep.RedisTokenStore;
import dev.lantern.token.v1.TokenServiceGrpc;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The way of an order through the role `api`, and what is closed with it.
///
/// ```
/// OrderDesk ─▶ CampaignRounds (the tree in effect, polled)
///     └─▶ Accept ─▶ Promises (Redis A) · OrderReader (MySQL) · LeaseKeeper (MySQL)
///           └─▶ Issue ─▶ RemoteSigner (token-service) ─▶ KafkaAcceptLog ─▶ Promises
///                  without Kafka or Redis ─▶ MysqlInbox, or DirectLog (WeakWiring)
/// ```
final class AcceptWiring {
  private static final Duration ACCEPT_PATIENCE = Duration.ofSeconds(2);
  private static final int LARGEST_BATCH = 256;
  private static final int MOST_PENDING = 20_000;

  private AcceptWiring() {}

  /// What else is wired to it.
  ///
  /// @param closing in the order in which it is closed
  record Path(
      OrderDesk desk,
      OrderQuery query,
      RemoteSigner signer,
      KafkaAcceptLog log,
      PolledBacklog backlog,
      List<AutoCloseable> closing) {}

  static Path of(
      OrderCenterConfig config,
      Foundation base,
      Channel tokenService,
      WeakWiring weak,
      CampaignLimits limits,
      RedisTokenStore tokens,
      CampaignWatch campaigns) {
    ApiConfig api = config.api().orElseThrow();
    Supplier<String> traceparent = () -> base.telemetry.tracing().traceparent().orElse("");
    Supplier<String> opIds = opIds(base.life);
    var promises = new RedisPromises(base.redisA, bounds(2, config.redisA().callTimeout()));
    var signer =
        new RemoteSigner(
            TokenServiceGrpc.newBlockingStub(tokenService), bounds(2, api.signTimeout()));
    KafkaAcceptLog log = log(config, traceparent);
    var backlog = new PolledBacklog(base.topics, base.database, queueBound(config, base));
    OrderReader orders = new MysqlOrderReader(base.database);
    var allowance =
        new DayAllowance(
            limits,
            new RedisDays(base.redisA),
            new StoredSpent(tokens, base.database),
            weak.modes::trustsSilence,
            config.fund().zone());
    var inbox =
        new MysqlInbox(base.database, base::partitions, bounds(1, config.kafka().appendTimeout()));
    var direct =
        new DirectLog(
            new MysqlBookingStore(base.database), base.clock, base.lane, base::partitions, limits);
    var seen = weak.observed.promises(promises);
    var signing = weak.observed.signer(signer);
    var replay = new Replay(signing);
    var issue =
        new Issue(
            signing,
            new Issue.Logs(weak.observed.log(log), inbox, direct),
            backlog,
            base.leases,
            seen,
            new Issue.Ledger(orders, replay),
            weak.modes,
            opIds);
    var accept =
        new Accept(
            seen,
            orders,
            base.leases,
            new MysqlLeaseStore(base.database)::allClosed,
            issue,
            replay,
            weak.modes,
            base.clock,
            opIds,
            allowance);
    var together =
        new Together(
            new AcceptBatch(
                new AcceptBatch.Stores(seen, base.leases),
                issue,
                weak.modes,
                base.clock,
                opIds,
                allowance),
            api.batchesUnderWay(),
            ACCEPT_PATIENCE);
    var rates = new SharedSceneRates(new RedisSceneCount(base.redisA, opIds));
    return new Path(
        new OrderDesk(
            new CampaignRounds(campaigns, rates), accept, together, base.clock, traceparent),
        new OrderQuery(promises, orders, new MysqlEpochs(base.database)),
        signer,
        log,
        backlog,
        List.of(together, promises, signer, log, inbox));
  }

  private static KafkaAcceptLog log(OrderCenterConfig config, Supplier<String> traceparent) {
    return new KafkaAcceptLog(
        config.kafka().bootstrapServers(),
        new KafkaAcceptLog.Patience(
            config.kafka().linger(),
            config.kafka().appendTimeout(),
            config.kafka().deliveryTimeout()),
        traceparent);
  }

  private static long queueBound(OrderCenterConfig config, Foundation base) {
    return switch (base.lane) {
      case LANE_STRESS -> config.stress().orElseThrow().queueBound();
      case LANE_LIVE, LANE_UNSPECIFIED, UNRECOGNIZED -> config.api().orElseThrow().queueBound();
    };
  }

  private static Coalescer.Bounds bounds(int batchesUnderWay, Duration deadline) {
    return new Coalescer.Bounds(LARGEST_BATCH, batchesUnderWay, MOST_PENDING, deadline);
  }

  private static Supplier<String> opIds(String life) {
    AtomicLong count = new AtomicLong();
    return () -> life + "#" + count.incrementAndGet();
  }
}
