package dev.lantern.ordercenter.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Delivery;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.MysqlBookingStore;
import dev.lantern.ordercenter.settle.RecordReader;
import dev.lantern.ordercenter.settle.RetryPolicies;
import dev.lantern.ordercenter.settle.Verdict;
import dev.lantern.ordercenter.settle.VirtualThreads;
import dev.lantern.proving.downstream.Behaviour;
import dev.lantern.proving.downstream.DownstreamServer;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.stores.sql.Row;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/// A ledger with orders of things in it, the reference downstream, and workers that ask it.
final class GrantWorld implements AutoCloseable {
  static final String TICKETS = "tickets";
  static final long TICKETS_TOTAL = 1_000;
  static final long TICKETS_FREE = 500;
  static final String SMALL = "small";
  static final long SMALL_FEN = 20;
  static final Outcome CASH =
      new Outcome(
          AwardType.AWARD_TYPE_CASH_RED_PACKET, "cash", Fen.of(SMALL_FEN), true, "Luck", SMALL);
  static final Outcome SUBSIDY =
      new Outcome(
          AwardType.AWARD_TYPE_VIDEO_SUBSIDY_RED_PACKET,
          "subsidy",
          Fen.of(SMALL_FEN),
          true,
          "Luck",
          SMALL);
  static final Outcome BLESSING =
      new Outcome(AwardType.AWARD_TYPE_MESSAGE, "", Fen.ZERO, true, "Happy new year", "");
  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final long LEASE = 501;
  private static final long OWN = 601;
  private static final int PARTITION = 3;
  private static final int TURNS = 2_000;

  final Ledger ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  final Allowed allowed = new Allowed();
  final MysqlGrantStore store = new MysqlGrantStore(ledger.database(), allowed);
  final MysqlBookingStore books = new MysqlBookingStore(ledger.database());
  final DownstreamServer vendor;
  volatile Behaviour behaviour = Behaviour.GOOD;
  volatile boolean soldOut;
  final AtomicLong putBack = new AtomicLong();
  final List<String> pages = new CopyOnWriteArrayList<>();
  private volatile Duration ahead = Duration.ZERO;
  private final Clock clock =
      () -> new Moment(System.nanoTime() + ahead.toNanos(), Instant.now().plus(ahead));
  private final ManagedChannel channel;
  private final VirtualThreads threads = new VirtualThreads();
  private final Telemetry telemetry = Telemetry.quiet("grant-test");
  private final LogName log = ledger.log("grants", 8);

  GrantWorld(Path folder) {
    vendor = DownstreamServer.start(0, folder.resolve("grants.log"), () -> behaviour);
    channel =
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1", vendor.port(), InsecureChannelCredentials.create())
            .build();
    ledger.budget(TICKETS, TICKETS_TOTAL);
    ledger.lease(LEASE, TICKETS, TICKETS_TOTAL - TICKETS_FREE, log, 600_000);
    ledger.budget(SMALL, 100_000);
    ledger.lease(OWN, SMALL, 50_000, log, 600_000);
  }

  /// Orders of a ticket each, booked as settlement books them.
  List<Promised> book(int count, Optional<Outcome> instead) {
    List<Promised> promised =
        LongStream.range(0, count).mapToObj(n -> promise(1_000 + n, instead)).toList();
    List<Verdict> verdicts =
        promised.stream()
            .<Verdict>map(one -> new Verdict.Book(one.record(), one.record().promise(), LEASE))
            .toList();
    assertThat(books.commit(Effects.of(verdicts, PARTITION, clock.now().wall())))
        .isEqualTo(new BookingStore.Result.Done());
    return promised;
  }

  record Promised(OrderNo orderNo, LogRecord.Promised record) {
    String grantId(int step) {
      return orderNo.text() + "#" + step;
    }
  }

  private static Promised promise(long user, Optional<Outcome> instead) {
    AwardType type = AwardType.AWARD_TYPE_CINEMA_TICKET;
    RoundId round = new RoundId("rain-a7f3", 1);
    OrderNo orderNo = OrderNo.of(new ActId(user), round, type, Stage.STAGE_OFFICIAL);
    Timestamp now = Timestamp.newBuilder().setSeconds(1_800_000_000L).build();
    Outcome outcome =
        new Outcome(
            type,
            "ticket",
            Fen.ZERO,
            false,
            "A ticket",
            TICKETS,
            Optional.of(new Delivery("cinema", "t-9", instead)));
    AcceptedOrder proto =
        AcceptedOrder.newBuilder()
            .setOrderNo(orderNo.text())
            .setFingerprint(
                Fingerprint.of(new ActId(user), Ledger.child(), round, type, Fen.ZERO).sha256())
            .setActId(user)
            .setActivityId("spring")
            .setChildActivityId(Ledger.child())
            .setStage(Stage.STAGE_OFFICIAL)
            .setSceneId("rain-a7f3")
            .setRainId(1)
            .setAwardType(type)
            .setOutcome(outcome.toProto())
            .setLeaseId(LEASE)
            .setOpenTime(now)
            .setAcceptTime(now)
            .setLane(Lane.LANE_LIVE)
            .build();
    return new Promised(
        orderNo, new LogRecord.Promised(-1, RecordReader.promise(proto, proto.toByteString()), ""));
  }

  Granter granter(GrantStore over, int maxTries) {
    return granter(over, maxTries, false);
  }

  Granter granter(GrantStore over, int maxTries, boolean askFirst) {
    return granter(over, maxTries, askFirst, RetryPolicies.NONE);
  }

  Granter granter(GrantStore over, int maxTries, boolean askFirst, RetryPolicies policies) {
    return new Granter(
        "cinema",
        new GrpcDownstream(channel, TIMEOUT, Lane.LANE_LIVE),
        new Outbound("cinema", () -> Duration.ZERO, 1_000, clock),
        new Granter.Terms(
            TIMEOUT,
            8,
            askFirst,
            new Decision.Patience(maxTries, Duration.ofMillis(10), Duration.ofMillis(40))),
        policies,
        over,
        new OneLease(),
        threads,
        watch(),
        clock,
        () -> 0.5);
  }

  /// Counts, and keeps what pages.
  GrantWatch watch() {
    GrantWatch counting = new OtelGrantWatch(telemetry.meter());
    return new GrantWatch() {
      @Override
      public void answered(String downstream, Answer answer, Duration took) {
        counting.answered(downstream, answer, took);
      }

      @Override
      public void ended(DueGrant grant, String what) {
        counting.ended(grant, what);
      }

      @Override
      public void unavailable(DueGrant grant, Exception why) {
        counting.unavailable(grant, why);
      }

      @Override
      public void page(DueGrant grant, String why) {
        pages.add(why);
      }
    };
  }

  Leases leases() {
    return new OneLease();
  }

  /// Turns until nothing is left to be asked for; waits are passed by turning the clock.
  void settle(Granter granter) {
    for (int turn = 0; turn < TURNS && count("grants where state = 1") > 0; turn++) {
      granter.tick();
      pass(Duration.ofMillis(20));
    }
    assertThat(count("grants where state = 1")).as("grants that are still due").isZero();
  }

  void pass(Duration more) {
    ahead = ahead.plus(more);
  }

  long count(String what) {
    return ledger.one("select count(*) as n from " + what);
  }

  long free(String budget) {
    return ledger.one("select free as n from budgets where budget_id = ?", budget);
  }

  Row order(Promised promised) {
    return ledger
        .database()
        .query(
            "select * from orders where act_id = ? and order_no = ?",
            promised.orderNo().actId().value(),
            promised.orderNo().text())
        .getFirst();
  }

  /// An operator lets a parked order go on, counted where it is.
  BookingStore.Result resume(Promised promised) {
    Instant now = clock.now().wall();
    ledger
        .database()
        .update(
            "update orders set state = 3, next_at = ?, seq = seq + 1"
                + " where act_id = ? and order_no = ? and state = 4",
            now,
            promised.orderNo().actId().value(),
            promised.orderNo().text());
    return books.resume(books.due(now, 1).getFirst(), now);
  }

  /// Law DRAIN while no lease has closed, and all that [Ledger#assertConserved] knows.
  void assertLaws() {
    ledger.assertConserved();
    assertThat(
            ledger.one(
                "select count(*) as n from budgets b where b.total <> b.free"
                    + " + (select coalesce(sum(l.slice), 0) from budget_leases l where l.budget_id"
                    + " = b.budget_id) - (select coalesce(sum(r.amount), 0) from releases r where"
                    + " r.budget_id = b.budget_id)"))
        .as("budgets that do not add up")
        .isZero();
    assertThat(vendor.downstream().conflicts()).as("ids that meant two things").isZero();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    threads.close();
    vendor.close();
    telemetry.close();
    ledger.close();
  }

  /// What an order may come to, and what a user may have on a day.
  static final class Allowed implements FundLimits {
    static final LocalDate DAY = LocalDate.of(2027, 1, 15);
    volatile long anOrder = Long.MAX_VALUE;
    volatile long aDay = DailyCap.UNLIMITED;

    @Override
    public Optional<String> flaw(String activityId, String sceneId, Instant at, long fen) {
      return fen > anOrder ? Optional.of(OVER_AMOUNT + ": by the test") : Optional.empty();
    }

    @Override
    public Optional<DailyCap> dailyCap(String activityId, String sceneId, long actId, Instant at) {
      assertThat(sceneId).isEqualTo("rain-a7f3");
      assertThat(at).isEqualTo(Instant.ofEpochSecond(1_800_000_000L));
      return Optional.of(new DailyCap(new DailyCap.Day(actId, DAY, activityId), aDay));
    }
  }

  /// Leases of this instance: one on the small budget, until it is sold out.
  private final class OneLease implements Leases {
    @Override
    public Take take(String budgetId, Fen amount) {
      return soldOut || !budgetId.equals(SMALL)
          ? new Take.SoldOut()
          : new Take.Taken(new Unit(new LeaseId(OWN), budgetId, amount, log));
    }

    @Override
    public void putBack(Unit unit) {
      putBack.addAndGet(unit.amount().value());
    }

    @Override
    public boolean mayAnswer(Unit unit) {
      return true;
    }

    @Override
    public Optional<Remaining> remaining(String budgetId) {
      return Optional.empty();
    }
  }
}
