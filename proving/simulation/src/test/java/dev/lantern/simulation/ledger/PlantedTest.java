package dev.lantern.simulation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.LeaseStore.GrantRequest;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.reconcile.Discrepancy;
import dev.lantern.ordercenter.reconcile.Found;
import dev.lantern.ordercenter.reconcile.Leader;
import dev.lantern.ordercenter.reconcile.LogPass;
import dev.lantern.ordercenter.reconcile.TokenPass;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.RecordReader;
import dev.lantern.ordercenter.settle.Verdict;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Life;
import dev.lantern.simulation.kernel.LifeClock;
import dev.lantern.simulation.kernel.Trace;
import dev.lantern.simulation.queue.QueueState;
import dev.lantern.simulation.queue.SimAcceptLog;
import dev.lantern.simulation.queue.SimTopics;
import dev.lantern.simulation.redis.RedisState;
import dev.lantern.simulation.redis.SimPromises;
import dev.lantern.simulation.redis.SimTokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Changes behind everybody's back, found by the passes that the simulation runs.
class PlantedTest {
  private static final long LEASE = 7;
  private static final Duration AGE = Duration.ofSeconds(5);
  private static final int PARTITIONS = 1;

  private final Tables tables = new Tables();
  private final RedisState redis = new RedisState(() -> 0);
  private final QueueState queue = new QueueState();
  private final List<Discrepancy> found = new ArrayList<>();
  private final LifeClock clock =
      new LifeClock(new Baton(new Trace(0)), new Life("auditor"), 1, Duration.ofMinutes(1));
  private final LogName log = log();

  @Test
  void books_nothingPlanted_areClean() {
    book(order(1));

    audit();

    assertThat(found).isEmpty();
  }

  @Test
  void token_ofABookedOrder_isStale() {
    AcceptedOrder order = order(1);
    book(order);
    keep(order);

    audit();

    assertThat(found).containsExactly(Discrepancy.STALE_TOKEN);
  }

  @Test
  void token_ofNoOrder_isStuck() {
    keep(order(1));

    audit();

    assertThat(found).containsExactly(Discrepancy.STUCK_OUTSTANDING);
  }

  @Test
  void log_thatEndsBeforeSettlement_isShorter() {
    append(order(1));
    var offsets = new SimOffsetStore(tables);
    offsets.ensureRows(log);
    Objects.requireNonNull(tables.offsets.get(Tables.place(log.topicId(), 0))).nextOffset = 2;

    audit();

    assertThat(found).containsExactly(Discrepancy.LOG_SHORTER);
  }

  private void audit() {
    SimFindings findings = new SimFindings(tables, this::found);
    var mine = new Leader(new SimMarks(tables), "auditor", clock).claim().orElseThrow();
    new LogPass(
            new SimOffsetStore(tables),
            new SimTopics(queue),
            () -> List.of(log),
            Lane.LANE_LIVE,
            findings,
            new Unwatched(),
            clock,
            Duration.ofMinutes(1))
        .run(mine);
    new TokenPass(
            new SimTokenStore(redis),
            new SimOrderTimes(tables),
            findings,
            new Unwatched(),
            clock,
            AGE)
        .tick(mine);
  }

  private void found(Found one) {
    found.add(one.what());
  }

  private LogName log() {
    queue.create("log", PARTITIONS);
    String id = Objects.requireNonNull(queue.topic("log")).id();
    return new LogName(Lane.LANE_LIVE, 1, "log", id, PARTITIONS);
  }

  private void append(AcceptedOrder order) {
    var _ = new SimAcceptLog(queue).append(log, order);
  }

  private void keep(AcceptedOrder order) {
    var _ =
        new SimPromises(redis)
            .keep(
                Lane.LANE_LIVE,
                OrderNo.parse(order.getOrderNo()).orElseThrow(),
                StoredToken.newBuilder().setOrder(order).build());
  }

  private void book(AcceptedOrder order) {
    tables.addBudget("main", 1_000);
    var _ =
        new SimLeaseStore(tables)
            .grant(
                new GrantRequest(
                    new LeaseId(LEASE), "main", "api", Fen.of(100), Fen.of(100), 1, log, AGE));
    Promise promise = RecordReader.promise(order, ByteString.EMPTY);
    Verdict verdict = new Verdict.Book(new LogRecord.Promised(0, promise, ""), promise, LEASE);
    assertThat(new SimBookingStore(tables).commit(Effects.of(List.of(verdict), 0, LifeClock.BEGIN)))
        .isInstanceOf(BookingStore.Result.Done.class);
  }

  private static AcceptedOrder order(long user) {
    AwardType cash = AwardType.AWARD_TYPE_CASH_RED_PACKET;
    ActId actId = new ActId(user);
    RoundId round = new RoundId("rain", 0);
    OrderNo number = OrderNo.of(actId, round, cash, Stage.STAGE_OFFICIAL);
    return AcceptedOrder.newBuilder()
        .setOrderNo(number.text())
        .setFingerprint(Fingerprint.of(actId, "child", round, cash, Fen.ZERO).sha256())
        .setActId(user)
        .setActivityId("parent")
        .setChildActivityId("child")
        .setStage(Stage.STAGE_OFFICIAL)
        .setSceneId("rain")
        .setAwardType(cash)
        .setOutcome(new Outcome(cash, "main", Fen.of(10), false, "Main", "main").toProto())
        .setLeaseId(LEASE)
        .setOpenTime(Times.toProto(LifeClock.BEGIN))
        .setAcceptTime(Times.toProto(LifeClock.BEGIN))
        .setLane(Lane.LANE_LIVE)
        .build();
  }
}
