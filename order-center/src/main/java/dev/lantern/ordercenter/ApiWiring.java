package dev.lantern.ordercenter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lantern.campaign.v1.CampaignServiceGrpc;
import dev.lantern.ordercenter.accounting.AccountingService;
import dev.lantern.ordercenter.accounting.UserForcing;
import dev.lantern.ordercenter.budget.BudgetService;
import dev.lantern.ordercenter.budget.MysqlBudgetControl;
import dev.lantern.ordercenter.budget.MysqlBudgetReader;
import dev.lantern.ordercenter.budget.MysqlLeaseEnding;
import dev.lantern.ordercenter.budget.MysqlLeaseStore;
import dev.lantern.ordercenter.campaign.CampaignDesk;
import dev.lantern.ordercenter.campaign.CampaignMeters;
import dev.lantern.ordercenter.campaign.CampaignRounds;
import dev.lantern.ordercenter.campaign.CampaignService;
import dev.lantern.ordercenter.campaign.CampaignWatch;
import dev.lantern.ordercenter.campaign.MysqlCampaignStore;
import dev.lantern.ordercenter.campaign.RedisSceneCount;
import dev.lantern.ordercenter.campaign.SharedSceneRates;
import dev.lantern.ordercenter.campaign.StageQuery;
import dev.lantern.ordercenter.duties.Repeating;
import dev.lantern.ordercenter.fund.CampaignLimits;
import dev.lantern.ordercenter.fund.DayAllowance;
import dev.lantern.ordercenter.fund.RedisDays;
import dev.lantern.ordercenter.fund.StoredSpent;
import dev.lantern.ordercenter.order.Accept;
import dev.lantern.ordercenter.order.Batch;
import dev.lantern.ordercenter.order.Coalescer;
import dev.lantern.ordercenter.order.Issue;
import dev.lantern.ordercenter.order.MysqlEpochs;
import dev.lantern.ordercenter.order.MysqlInbox;
import dev.lantern.ordercenter.order.MysqlOrderReader;
import dev.lantern.ordercenter.order.OrderDesk;
import dev.lantern.ordercenter.order.OrderQuery;
import dev.lantern.ordercenter.order.OrderReader;
import dev.lantern.ordercenter.order.OrderService;
import dev.lantern.ordercenter.order.RedisPromises;
import dev.lantern.ordercenter.order.RemoteSigner;
import dev.lantern.ordercenter.order.Replay;
import dev.lantern.ordercenter.parked.MysqlParkedStore;
import dev.lantern.ordercenter.parked.ParkedDesk;
import dev.lantern.ordercenter.parked.ParkedService;
import dev.lantern.ordercenter.play.PlayService;
import dev.lantern.ordercenter.queue.KafkaAcceptLog;
import dev.lantern.ordercenter.queue.PolledBacklog;
import dev.lantern.ordercenter.settle.DirectLog;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.ordercenter.settle.MysqlInboxRows;
import dev.lantern.ordercenter.settle.Retrier;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.ordercenter.sweep.RedisTokenStore;
import dev.lantern.ordercenter.sweep.Withdrawal;
import dev.lantern.ordercenter.weak.OrderSwitch;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.switches.Switches;
import dev.lantern.token.v1.TokenServiceGrpc;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Wires the role `api` and serves.
///
/// ```
/// Grab, IssueReward ─▶ OrderDesk ─▶ CampaignRounds (the tree in effect, polled)
///                          └─▶ Accept ─▶ Promises (Redis A) · OrderReader (MySQL) · LeaseKeeper (MySQL)
///                                └─▶ Issue ─▶ RemoteSigner (token-service) ─▶ KafkaAcceptLog ─▶ Promises
///                                       without Kafka or Redis ─▶ MysqlInbox, or DirectLog (WeakWiring)
/// ```
final class ApiWiring {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HALF_SECOND = Duration.ofMillis(500);
  private static final Duration FORCING_PATIENCE = Duration.ofMillis(1500);
  private static final int LARGEST_BATCH = 256;
  private static final int MOST_PENDING = 20_000;

  private ApiWiring() {}

  static ServiceHost start(OrderCenterConfig config) {
    ApiConfig api = config.api().orElseThrow();
    Foundation base = new Foundation(config);
    byte[] drawSecret = api.drawSecret().value().getBytes(UTF_8);
    InstantSource clock = () -> base.clock.now().wall();

    var promises = new RedisPromises(base.redisA, bounds(2, config.redisA().callTimeout()));
    var signer =
        new RemoteSigner(
            TokenServiceGrpc.newBlockingStub(base.connecting(api.tokenService())),
            bounds(2, api.signTimeout()));
    var tracing = base.telemetry.tracing();
    var log =
        new KafkaAcceptLog(
            config.kafka().bootstrapServers(),
            new KafkaAcceptLog.Patience(
                config.kafka().linger(),
                config.kafka().appendTimeout(),
                config.kafka().deliveryTimeout()),
            () -> tracing.traceparent().orElse(""));
    var backlog = new PolledBacklog(base.topics, base.database, api.queueBound());
    OrderReader orders = new MysqlOrderReader(base.database);
    Supplier<String> opIds = opIds(base.life);
    var campaignStore = new MysqlCampaignStore(base.database);
    var limits = new CampaignLimits(campaignStore, config.fund().zone());
    var tokens = new RedisTokenStore(base.redisA, Foundation.LANE);
    var switches =
        Switches.watch(
            OrderSwitch.catalogue(),
            base.connecting(api.controlPlane()),
            Foundation.NAME + "/" + config.instance(),
            api.switches(),
            clock);
    var weak = new WeakWiring(base, switches);
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
            new MysqlBookingStore(base.database),
            base.clock,
            Foundation.LANE,
            base::partitions,
            limits);
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

    var store = campaignStore;
    var campaigns = new CampaignWatch(store, drawSecret, base.clock);
    CampaignMeters.register(campaigns, base.telemetry.meter());
    var rates = new SharedSceneRates(new RedisSceneCount(base.redisA, opIds));
    var desk = new OrderDesk(new CampaignRounds(campaigns, rates), accept, base.clock);
    var batch = new Batch(api.batchParallel());
    var operators = OperatorWiring.of(base.database, campaigns, clock);

    var duties = new Repeating();
    duties.every(
        SECOND, "accept-log", () -> base.logs.ensure(Foundation.LANE, config.kafka().partitions()));
    duties.every(
        SECOND,
        "campaigns",
        () -> {
          // First, so that no tree is in effect here whose limits are not known.
          limits.poll();
          campaigns.poll();
        });
    duties.every(SECOND, "finding-streams", operators.streams()::tick);
    duties.every(
        HALF_SECOND,
        "backlog",
        () -> base.logs.current(Foundation.LANE).ifPresent(backlog::refresh));
    weak.start(duties, log, signer, backlog);

    return weak.health(base.host())
        .access(Access.policy())
        .warm("mysql", base.database::ping)
        .warm("redis-a", base.redisA::ping)
        .warm("token-service", signer::warm)
        .warm("kafka", () -> log.warm(base.requireLog()))
        .service(
            new OrderService(
                desk, new OrderQuery(promises, orders, new MysqlEpochs(base.database)), batch))
        .service(new PlayService(desk, switches))
        .service(
            new CampaignService(
                new CampaignDesk(store, clock), store, new StageQuery(campaigns, clock)))
        .documents(
            CampaignServiceGrpc.getValidateCampaignMethod(),
            "document",
            CampaignService.MOST_DOCUMENT_BYTES)
        .documents(
            CampaignServiceGrpc.getApplyCampaignMethod(),
            "document",
            CampaignService.MOST_DOCUMENT_BYTES)
        .documents(
            CampaignServiceGrpc.getDiffCampaignMethod(),
            "document",
            CampaignService.MOST_DOCUMENT_BYTES)
        .service(
            new BudgetService(
                new MysqlBudgetReader(base.database),
                new MysqlBudgetControl(base.database),
                new MysqlLeaseEnding(base.database),
                limits,
                base.clock))
        .service(parkedService(base, tokens, limits))
        .service(accountingService(base, tokens, limits))
        .service(operators.reconciliation())
        .service(operators.reissue())
        .onStop(promises)
        .onStop(signer)
        .onStop(log)
        .onStop(inbox)
        .onStop(switches)
        .onStop(batch)
        .onStop(duties)
        .onStop(operators.streams())
        .start();
  }

  private static ParkedService parkedService(
      Foundation base, RedisTokenStore tokens, CampaignLimits limits) {
    var parked = new MysqlParkedStore(base.database, limits);
    var desk = new ParkedDesk(parked, new Withdrawal(tokens), base.ownLeases(), base.clock);
    return new ParkedService(parked, desk, base.clock);
  }

  private static AccountingService accountingService(
      Foundation base, RedisTokenStore tokens, CampaignLimits limits) {
    var books = new MysqlBookingStore(base.database, limits);
    var forcing =
        new Forcing(books, base.ownLeases(), base.clock, Foundation.LANE, base::partitions, limits);
    return new AccountingService(
        new UserForcing(
            tokens,
            new MysqlInboxRows(base.database)::ofUser,
            books::ofUser,
            forcing,
            new Retrier(books, base.ownLeases(), base.clock),
            base.clock,
            FORCING_PATIENCE));
  }

  private static Coalescer.Bounds bounds(int batchesUnderWay, Duration deadline) {
    return new Coalescer.Bounds(LARGEST_BATCH, batchesUnderWay, MOST_PENDING, deadline);
  }

  private static Supplier<String> opIds(String life) {
    AtomicLong count = new AtomicLong();
    return () -> life + "#" + count.incrementAndGet();
  }
}
