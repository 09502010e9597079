package dev.lantern.ordercenter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lantern.campaign.v1.CampaignServiceGrpc;
import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.accounting.AccountingService;
import dev.lantern.ordercenter.accounting.UserForcing;
import dev.lantern.ordercenter.budget.BudgetService;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.MysqlBudgetControl;
import dev.lantern.ordercenter.budget.MysqlBudgetReader;
import dev.lantern.ordercenter.budget.MysqlLeaseEnding;
import dev.lantern.ordercenter.campaign.CampaignDesk;
import dev.lantern.ordercenter.campaign.CampaignMeters;
import dev.lantern.ordercenter.campaign.CampaignService;
import dev.lantern.ordercenter.campaign.CampaignWatch;
import dev.lantern.ordercenter.campaign.MysqlCampaignStore;
import dev.lantern.ordercenter.campaign.StageQuery;
import dev.lantern.ordercenter.duties.Repeating;
import dev.lantern.ordercenter.fund.CampaignLimits;
import dev.lantern.ordercenter.order.Ask;
import dev.lantern.ordercenter.order.Batch;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.OrderService;
import dev.lantern.ordercenter.parked.MysqlParkedStore;
import dev.lantern.ordercenter.parked.ParkedDesk;
import dev.lantern.ordercenter.parked.ParkedService;
import dev.lantern.ordercenter.play.PlayService;
import dev.lantern.ordercenter.present.LoggedTokens;
import dev.lantern.ordercenter.present.Presentation;
import dev.lantern.ordercenter.present.RewardKeys;
import dev.lantern.ordercenter.present.TokenCheck;
import dev.lantern.ordercenter.present.TokenOrders;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.ordercenter.settle.MysqlInboxRows;
import dev.lantern.ordercenter.settle.Retrier;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.ordercenter.sweep.RedisTokenStore;
import dev.lantern.ordercenter.sweep.Withdrawal;
import dev.lantern.ordercenter.weak.OrderSwitch;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.server.Busy;
import dev.lantern.runtime.server.LaneRouter;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.switches.Switches;
import dev.lantern.token.v1.TokenServiceGrpc;
import io.grpc.Channel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Wires the role `api` and serves.
///
/// ```
/// Grab, IssueReward ─▶ OrderDesk ─▶ the way of an order (AcceptWiring)
/// campaigns, budgets, parked orders, accounts, findings, reissues ─▶ MySQL
/// ```
final class ApiWiring {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HALF_SECOND = Duration.ofMillis(500);
  private static final Duration FORCING_PATIENCE = Duration.ofMillis(1500);

  /// Less than wallet-api's patience with us.
  private static final Duration PRESENTING_PATIENCE = Duration.ofMillis(600);

  private static final Duration KEYS_PATIENCE = Duration.ofMillis(300);

  /// The name of the walk through the code itself, among what is warmed.
  static final String PATH = "accept-path";

  private static final String NOTHING = "warm";
  private static final OrderNo NOBODYS = OrderNo.parse("1_" + NOTHING + "_1_1_3").orElseThrow();

  private ApiWiring() {}

  /// What the lanes share: neither holds orders.
  private record Shared(Channel tokenService, Switches switches) {}

  static ServiceHost start(OrderCenterConfig config, Clock machine) {
    ApiConfig api = config.api().orElseThrow();
    Foundation base = new Foundation(config, machine);
    InstantSource clock = () -> base.clock.now().wall();
    var busy = new Busy();
    var shared =
        new Shared(
            base.connecting(api.tokenService()),
            Switches.watch(
                OrderSwitch.catalogue(),
                base.connecting(api.controlPlane()),
                Foundation.NAME + "/" + config.instance(),
                api.switches(),
                clock,
                () -> OptionalInt.of(busy.percent())));
    ApiLane live = wire(config, base, shared);
    StressWiring<ApiLane> stress =
        StressWiring.start(config, base, trials -> wire(config, trials, shared));
    LaneRouter router = stress.router(ApiLane::side);

    ServiceHost.Builder host = live.weak().health(base.host()).access(Access.policy()).busy(busy);
    live.warm().forEach(host::warm);
    live.services().forEach(service -> host.service(router.of(service)));
    return host.service(stress.service())
        .service(WarmWiring.of(config, base, live.warm()))
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
        .onStop(shared.switches())
        .onStop(live)
        .onStop(stress)
        .start();
  }

  /// One lane, on what it stands on.
  private static ApiLane wire(OrderCenterConfig config, Foundation base, Shared shared) {
    ApiConfig api = config.api().orElseThrow();
    byte[] drawSecret = api.drawSecret().value().getBytes(UTF_8);
    InstantSource clock = () -> base.clock.now().wall();
    var store = new MysqlCampaignStore(base.database);
    var limits = new CampaignLimits(store, config.fund().zone());
    var campaigns = new CampaignWatch(store, drawSecret, base.clock);
    CampaignMeters.register(campaigns, base.telemetry.meter());
    var tokens = new RedisTokenStore(base.redisA, base.lane);
    var weak = new WeakWiring(base, shared.switches());
    AcceptWiring.Path path =
        AcceptWiring.of(config, base, shared.tokenService(), weak, limits, tokens, campaigns);
    var batch = new Batch(api.batchParallel());
    var operators = OperatorWiring.of(base.database, campaigns, clock);
    Repeating duties = duties(config, base, limits, campaigns, operators, path);
    weak.start(duties, path.log(), path.signer(), path.backlog());
    return new ApiLane(
        List.of(
            new OrderService(path.desk(), path.query(), batch, InquiryWiring.orders(base)),
            new PlayService(path.desk(), shared.switches()),
            new CampaignService(
                new CampaignDesk(store, clock), store, new StageQuery(campaigns, clock)),
            new BudgetService(
                new MysqlBudgetReader(base.database),
                new MysqlBudgetControl(base.database),
                new MysqlLeaseEnding(base.database),
                limits,
                base.clock),
            parkedService(base, tokens, limits),
            accountingService(base, shared, tokens, limits, campaigns),
            operators.reconciliation(),
            operators.reissue()),
        Map.of(
            "mysql",
            base.database::ping,
            "redis-a",
            base.redisA::ping,
            "token-service",
            path.signer()::warm,
            "kafka",
            () -> path.log().warm(base.requireLog()),
            PATH,
            () -> walk(base, path)),
        weak,
        Stream.concat(path.closing().stream(), Stream.of(batch, duties, operators.streams()))
            .toList());
  }

  private static Repeating duties(
      OrderCenterConfig config,
      Foundation base,
      CampaignLimits limits,
      CampaignWatch campaigns,
      OperatorWiring operators,
      AcceptWiring.Path path) {
    var duties = new Repeating();
    duties.every(
        SECOND, "accept-log", () -> base.logs.ensure(base.lane, config.kafka().partitions()));
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
        () -> base.logs.current(base.lane).ifPresent(path.backlog()::refresh));
    return duties;
  }

  /// The way of a call through this code, for nobody: both ends in the refusal that is due.
  private static void walk(Foundation base, AcceptWiring.Path path) {
    due(Reason.REASON_NOT_FOUND, () -> path.query().find(base.lane, NOBODYS));
    due(
        Reason.REASON_UNKNOWN_ACTIVITY,
        () ->
            path.desk()
                .issue(
                    new Ask(
                        base.lane,
                        NOBODYS.actId(),
                        1,
                        NOTHING,
                        NOBODYS.round(),
                        Optional.empty(),
                        Fen.ZERO,
                        Optional.empty())));
  }

  private static void due(Reason reason, Supplier<?> call) {
    try {
      var _ = call.get();
    } catch (Refused refused) {
      if (refused.reason() != reason) {
        throw refused;
      }
    }
  }

  private static ParkedService parkedService(
      Foundation base, RedisTokenStore tokens, CampaignLimits limits) {
    var parked = new MysqlParkedStore(base.database, limits);
    var desk = new ParkedDesk(parked, new Withdrawal(tokens), base.ownLeases(), base.clock);
    return new ParkedService(parked, desk, base.clock);
  }

  private static AccountingService accountingService(
      Foundation base,
      Shared shared,
      RedisTokenStore tokens,
      CampaignLimits limits,
      CampaignWatch campaigns) {
    var books = new MysqlBookingStore(base.database, limits);
    var forcing =
        new Forcing(books, base.ownLeases(), base.clock, base.lane, base::partitions, limits);
    return new AccountingService(
        new UserForcing(
            tokens,
            new MysqlInboxRows(base.database)::ofUser,
            books::ofUser,
            forcing,
            new Retrier(books, base.ownLeases(), base.clock),
            base.clock,
            FORCING_PATIENCE),
        InquiryWiring.books(base),
        new Presentation(
            tokenCheck(TokenServiceGrpc.newBlockingStub(shared.tokenService()), base.lane),
            new TokenOrders(campaigns, base.lane),
            tokens,
            books,
            forcing,
            base.clock,
            PRESENTING_PATIENCE));
  }

  private static TokenCheck tokenCheck(
      TokenServiceGrpc.TokenServiceBlockingStub tokenService, Lane lane) {
    var keys =
        RewardKeys.of(tokenService, KEYS_PATIENCE, lane, System::nanoTime, InstantSource.system());
    return LoggedTokens.of(keys, tokenService, KEYS_PATIENCE, lane, System::nanoTime);
  }
}
