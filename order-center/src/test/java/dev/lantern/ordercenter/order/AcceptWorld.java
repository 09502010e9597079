package dev.lantern.ordercenter.order;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.TestTokenService;
import dev.lantern.ordercenter.budget.HandClock;
import dev.lantern.ordercenter.budget.LeaseIds;
import dev.lantern.ordercenter.budget.LeaseKeeper;
import dev.lantern.ordercenter.budget.LeaseTerms;
import dev.lantern.ordercenter.budget.LeaseThreads;
import dev.lantern.ordercenter.budget.MemoryLeaseStore;
import dev.lantern.ordercenter.order.OrderReader.Found;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.token.v1.SignedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Accept over memory: one store of each kind, shared by as many instances as a test makes, and a
/// clock set by hand.
public final class AcceptWorld {
  static final Instant OPENS = HandClock.START.minusSeconds(60);
  static final Outcome MAIN =
      new Outcome(AwardType.AWARD_TYPE_CASH_RED_PACKET, "main", new Fen(88), false, "Main", "main");
  static final Outcome SMALL =
      new Outcome(
          AwardType.AWARD_TYPE_CASH_RED_PACKET, "small", new Fen(5), true, "Small", "small");
  static final Outcome MESSAGE =
      new Outcome(AwardType.AWARD_TYPE_MESSAGE, "", Fen.ZERO, true, "Happy new year", "");
  static final RoundId ROUND = new RoundId("rain-1", 1);

  public final HandClock clock = new HandClock();
  public final MemoryPromises promises = new MemoryPromises();
  public final MemoryLeaseStore ledger = new MemoryLeaseStore();
  public final MemoryLog log = new MemoryLog();
  final Map<OrderNo, Found> orders = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private Optional<LogName> current =
      Optional.of(new LogName(Lane.LANE_LIVE, 1, "topic-1", "id-1", 8));

  /// With claims, to whichever topic is current, unless the test says otherwise.
  final TestModes modes = new TestModes(() -> current);

  private boolean full;
  private Allowance allowance = Allowance.UNLIMITED;
  private boolean signing = true;
  private Runnable beforeSigning = () -> {};

  private final boolean batches;

  public AcceptWorld() {
    this(false);
  }

  /// @param batches whether orders are accepted in batches wherever they can be
  AcceptWorld(boolean batches) {
    this.batches = batches;
    ledger.budget("main", 1_000_000);
    ledger.budget("small", 1_000_000);
  }

  /// One instance of order-center's role `api`.
  public final class Instance implements AutoCloseable {
    public final LeaseKeeper leases;
    public final Accept accept;
    public final AcceptBatch batch;
    private final LeaseThreads threads;

    Instance(String name) {
      Random random = new Random(name.hashCode());
      leases =
          new LeaseKeeper(
              ledger,
              () -> current,
              new LeaseIds(random::nextLong),
              name,
              LeaseTerms.STANDARD,
              Duration.ofSeconds(1),
              clock);
      threads = LeaseThreads.start(leases, LeaseTerms.STANDARD);
      Signer signer = (_, payload) -> sign(payload);
      Supplier<String> opIds = () -> name + "#" + ids.incrementAndGet();
      Replay replay = new Replay(signer);
      OrderReader reader = AcceptWorld.this::find;
      MemoryLedgerLog ledgerLog = new MemoryLedgerLog(orders);
      Issue issue =
          new Issue(
              signer,
              new Issue.Logs(log, ledgerLog::inbox, ledgerLog::direct),
              (_, _) -> full,
              leases,
              promises,
              new Issue.Ledger(reader, replay),
              modes,
              opIds);
      accept =
          new Accept(
              promises,
              reader,
              leases,
              ledger::allClosed,
              issue,
              replay,
              modes,
              clock,
              opIds,
              allowed());
      batch =
          new AcceptBatch(
              new AcceptBatch.Stores(promises, leases), issue, modes, clock, opIds, allowed());
    }

    /// By itself, or in a batch with nobody else, whichever way this world goes.
    AcceptResult accept(AcceptRequest request) {
      return batches ? accept(List.of(request)).getFirst() : accept.accept(request);
    }

    /// All in one batch, those that go alone by themselves after it.
    List<AcceptResult> accept(List<AcceptRequest> requests) {
      List<AcceptBatch.Way> ways =
          batch.accept(requests.stream().map(it -> new AcceptBatch.Asked(it, "")).toList());
      List<AcceptResult> results = new ArrayList<>();
      for (int i = 0; i < ways.size(); i++) {
        results.add(
            switch (ways.get(i)) {
              case AcceptBatch.Way.Told(AcceptResult result) -> result;
              case AcceptBatch.Way.Failed(RuntimeException cause) -> throw cause;
              case AcceptBatch.Way.Alone() -> accept.accept(requests.get(i));
            });
      }
      return results;
    }

    @Override
    public void close() {
      threads.close();
    }
  }

  public Instance instance(String name) {
    return new Instance(name);
  }

  private Allowance allowed() {
    return new Allowance() {
      @Override
      public boolean admits(AcceptRequest request, Outcome outcome, Mode mode, Instant now) {
        return allowance.admits(request, outcome, mode, now);
      }

      @Override
      public boolean isUnlimited(AcceptRequest request, Instant now) {
        return allowance.isUnlimited(request, now);
      }
    };
  }

  /// What persons may still have today.
  void allows(Allowance now) {
    allowance = now;
  }

  void queueIsFull(boolean now) {
    full = now;
  }

  void canSign(boolean now) {
    signing = now;
  }

  void beforeSigning(Runnable event) {
    beforeSigning = event;
  }

  void currentLog(Optional<LogName> now) {
    current = now;
  }

  /// A request of a user for the main reward, or the fallback when under 10 %.
  static AcceptRequest request(long actId, Outcome fallback) {
    return request(actId, Fen.ZERO, Optional.of(fallback), Optional.empty());
  }

  static AcceptRequest request(long actId) {
    return request(actId, Fen.ZERO, Optional.empty(), Optional.empty());
  }

  static AcceptRequest refused(long actId, Reason reason) {
    return request(
        actId, Fen.ZERO, Optional.empty(), Optional.of(Refusal.of(reason, "by the test")));
  }

  static AcceptRequest withAmount(long actId, long fen) {
    return request(actId, new Fen(fen), Optional.empty(), Optional.empty());
  }

  private static AcceptRequest request(
      long actId, Fen amount, Optional<Outcome> fallback, Optional<Refusal> refusal) {
    ActId user = new ActId(actId);
    AwardType type = AwardType.AWARD_TYPE_CASH_RED_PACKET;
    Outcome main =
        amount.isZero() ? MAIN : new Outcome(type, "main", amount, false, "Main", "main");
    return new AcceptRequest(
        Lane.LANE_LIVE,
        OrderNo.of(user, ROUND, type, Stage.STAGE_OFFICIAL),
        Fingerprint.of(user, "child", ROUND, type, amount),
        "parent",
        "child",
        7,
        amount,
        HandClock.START,
        OPENS,
        HandClock.START.plusSeconds(600),
        new Options(main, fallback, 10),
        false,
        refusal);
  }

  /// The same request, sent again later and through another app.
  static AcceptRequest later(AcceptRequest first, Duration by, int appId) {
    return new AcceptRequest(
        first.lane(),
        first.orderNo(),
        first.fingerprint(),
        first.activityId(),
        first.childActivityId(),
        appId,
        first.requestedAmount(),
        first.openTime().plus(by),
        first.roundOpens(),
        first.claimExpiry(),
        first.options(),
        first.direct(),
        first.refusal());
  }

  /// The ledger's row of an order, as settlement writes it.
  static OrderRow row(AcceptRequest request, Outcome outcome, long leaseId, OrderState state) {
    return new OrderRow(
        request.orderNo(),
        request.activityId(),
        request.childActivityId(),
        outcome,
        request.requestedAmount(),
        leaseId,
        leaseId,
        0,
        request.fingerprint(),
        state,
        Optional.empty(),
        request.appId(),
        TestTokenService.KEY_ID,
        request.openTime(),
        request.openTime(),
        Optional.of(request.openTime()));
  }

  void book(AcceptRequest request, Outcome outcome, long leaseId) {
    orders.put(
        request.orderNo(),
        new Found.Row(row(request, outcome, leaseId, OrderState.ORDER_STATE_SUCCESS)));
  }

  public Found find(OrderNo orderNo) {
    return orders.getOrDefault(orderNo, new Found.Nothing());
  }

  private SignedToken sign(ByteString payload) {
    beforeSigning.run();
    if (!signing) {
      throw Refused.of(Reason.REASON_DEPENDENCY_DOWN, "cut by the test");
    }
    return TestTokenService.sign(payload);
  }
}
