package dev.lantern.ordercenter.reissue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.order.v1.ReissueRow;
import dev.lantern.ordercenter.order.Claim;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.order.Promises;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.runtime.errors.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every row is paid at most once, whatever happens to who pays it, and nothing is paid that was
/// not approved by a second person.
@Tag("engine")
final class ReissueEngineTest {
  private static final int TICKS = 60;
  private final PayingWorld world = new PayingWorld(100_000);

  @AfterEach
  void close() {
    world.ledger.assertConserved();
    world.close();
  }

  private void payAll(ReissueWorker worker, Reissue reissue) {
    for (int tick = 0; tick < TICKS && world.state(reissue) == Reissue.State.RUNNING; tick++) {
      worker.tick();
      world.pass(Duration.ofMillis(500));
    }
  }

  private ReissueWorker worker(String name) {
    return world.worker(name, UnaryOperator.identity());
  }

  private long postings() {
    return world.ledger.one("select count(*) as n from postings");
  }

  private static Reason refusal(Runnable call) {
    Refused refused = catchThrowableOfType(Refused.class, call::run);
    assertThat(refused).isNotNull();
    return refused.reason();
  }

  @Test
  void sameFileAgain_isTheSameReissue_andPaysNothingMore() {
    List<ReissueRow> rows = new ArrayList<>(PayingWorld.orders(10, 88));
    rows.addAll(PayingWorld.entitlements(10, 15));
    Reissue first = world.approved(PayingWorld.header(100).build(), rows);
    payAll(worker("a"), first);
    assertThat(world.state(first)).isEqualTo(Reissue.State.DONE);
    assertThat(world.progress(first)).isEqualTo(new Progress(20, 10 * 88 + 10 * 15, 0, 0));

    ReissueDesk.Created again =
        world.desk.create(PayingWorld.header(50).setRequestId("another").build(), rows, "approver");
    payAll(worker("b"), again.reissue());

    assertThat(again.replayed()).isTrue();
    assertThat(again.reissue().id()).isEqualTo(first.id());
    assertThat(again.totals().getAlreadyBookedCount()).isEqualTo(20);
    assertThat(postings()).isEqualTo(20);
  }

  @Test
  void sameOrdersForAnotherCause_arePaidOnce() {
    Reissue first = world.approved(PayingWorld.header(100).build(), PayingWorld.orders(10, 88));
    payAll(worker("a"), first);
    Reissue second =
        world.approved(
            PayingWorld.header(100).setCause("again").build(), PayingWorld.orders(12, 88));
    payAll(worker("a"), second);

    assertThat(world.progress(second)).isEqualTo(new Progress(2, 2 * 88, 10, 0));
    assertThat(postings()).isEqualTo(12);
  }

  @Test
  void payerKilledMidway_isTakenOver_andEveryRowIsPaidOnce() {
    Reissue reissue =
        world.approved(PayingWorld.header(10).build(), PayingWorld.entitlements(40, 5));
    ReissueWorker killed = worker("killed");
    for (int tick = 0; tick < 4; tick++) {
      killed.tick();
      world.pass(Duration.ofMillis(500));
    }
    long paid = world.progress(reissue).paid();
    assertThat(paid).isBetween(1L, 39L);

    ReissueWorker second = worker("second");
    second.tick();
    assertThat(world.progress(reissue).paid()).isEqualTo(paid);
    world.pass(ReissueWorker.TAKEOVER_AFTER);
    payAll(second, reissue);
    assertThat(world.state(reissue)).isEqualTo(Reissue.State.DONE);
    // Back from the dead, it has nothing to pay with.
    killed.tick();

    assertThat(world.progress(reissue)).isEqualTo(new Progress(40, 200, 0, 0));
    assertThat(postings()).isEqualTo(40);
  }

  @Test
  void lostReplyOfACommit_paysNoRowTwice() {
    Reissue reissue =
        world.approved(PayingWorld.header(20).build(), PayingWorld.entitlements(10, 5));
    ReissueWorker worker = world.worker("deaf", Deaf::new);
    payAll(worker, reissue);

    assertThat(world.state(reissue)).isEqualTo(Reissue.State.DONE);
    assertThat(world.progress(reissue)).isEqualTo(new Progress(10, 50, 0, 0));
    assertThat(postings()).isEqualTo(10);
  }

  @Test
  void whoAskedForIt_mayNotApproveIt() {
    Reissue made =
        world
            .desk
            .create(PayingWorld.header(10).build(), PayingWorld.orders(2, 88), "operator")
            .reissue();
    assertThat(
            refusal(() -> {
              var _ = world.desk.approve(made.id(), "operator", "r", "I say so");
            }))
        .isEqualTo(Reason.REASON_SELF_APPROVAL);
    worker("a").tick();
    assertThat(world.state(made)).isEqualTo(Reissue.State.CREATED);
    assertThat(postings()).isZero();
  }

  @Test
  void rowsOverACap_areRefusedWhole_andADryRunCountsThem() {
    List<ReissueRow> rows = new ArrayList<>(PayingWorld.orders(3, 88));
    rows.addAll(PayingWorld.entitlements(1, 101));
    assertThat(
            refusal(() -> {
              var _ = world.desk.create(PayingWorld.header(10).build(), rows, "operator");
            }))
        .isEqualTo(Reason.REASON_OVER_AMOUNT_CAP);
    assertThat(
            refusal(() -> {
              var _ =
                  world.desk.create(
                      PayingWorld.header(10).setTotalCapFen(200).build(),
                      PayingWorld.orders(3, 88),
                      "operator");
            }))
        .isEqualTo(Reason.REASON_OVER_AMOUNT_CAP);

    var totals =
        world
            .desk
            .create(
                PayingWorld.header(10).setTotalCapFen(200).setDryRun(true).build(),
                rows,
                "operator")
            .totals();
    assertThat(totals.getRowCount()).isEqualTo(4);
    assertThat(totals.getAmountFen()).isEqualTo(3 * 88 + 101);
    assertThat(totals.getOverCapCount()).isEqualTo(1);
    assertThat(totals.getOverTotalFen()).isEqualTo(3 * 88 + 101 - 200);
    assertThat(totals.getNewEntitlementCount()).isEqualTo(1);
    assertThat(totals.getBudgets(0).getFreeFen()).isEqualTo(100_000);
    assertThat(world.ledger.one("select count(*) as n from reissues")).isZero();
  }

  @Test
  void pausedReissue_paysNothing_untilItGoesOn() {
    Reissue reissue =
        world.approved(PayingWorld.header(4).build(), PayingWorld.entitlements(10, 5));
    ReissueWorker worker = worker("a");
    worker.tick();
    world.pass(Duration.ofSeconds(1));
    worker.tick();
    var _ = world.desk.pause(reissue.id(), "operator", "r", "a doubt");
    long paid = world.progress(reissue).paid();
    for (int tick = 0; tick < 5; tick++) {
      world.pass(Duration.ofSeconds(1));
      worker.tick();
    }
    assertThat(world.progress(reissue).paid()).isEqualTo(paid).isBetween(1L, 9L);

    var _ = world.desk.resume(reissue.id(), "operator", "r2", "no more doubt");
    payAll(worker, reissue);
    assertThat(world.progress(reissue).paid()).isEqualTo(10);
    assertThat(
            refusal(() -> {
              var _ = world.desk.cancel(reissue.id(), "operator", "r3", "too late");
            }))
        .isEqualTo(Reason.REASON_WRONG_STATE);
  }

  @Test
  void rowThatHasToWait_holdsNoOtherUp_andIsPaidOnceItMay() {
    Reissue reissue = world.approved(PayingWorld.header(100).build(), PayingWorld.orders(12, 88));
    // Accepted without Kafka, and not booked yet.
    var _ =
        world
            .ledger
            .database()
            .update(
                "insert into inbox (act_id, order_no, lease_id, partition_no, fingerprint, record,"
                    + " created_at) values (5000, ?, 0, 0, ?, ?, utc_timestamp(6))",
                PayingWorld.orders(1, 88).getFirst().getOrderNo(),
                new byte[32],
                new byte[1]);
    ReissueWorker worker = worker("a");
    for (int tick = 0; tick < 8; tick++) {
      worker.tick();
      world.pass(Duration.ofMillis(500));
    }
    assertThat(world.progress(reissue).paid()).isEqualTo(11);
    assertThat(world.state(reissue)).isEqualTo(Reissue.State.RUNNING);

    var _ = world.ledger.database().update("delete from inbox");
    payAll(worker, reissue);
    assertThat(world.state(reissue)).isEqualTo(Reissue.State.DONE);
    assertThat(postings()).isEqualTo(12);
  }

  @Test
  void rate_isKept() {
    Reissue reissue =
        world.approved(PayingWorld.header(5).build(), PayingWorld.entitlements(30, 5));
    ReissueWorker worker = worker("a");
    for (int tick = 0; tick < 10; tick++) {
      worker.tick();
      world.pass(Duration.ofMillis(200));
    }
    // One at once, then five a second for a little less than two seconds.
    assertThat(world.progress(reissue).paid()).isBetween(9L, 11L);
    // A long silence is no credit: a second's worth at most.
    world.pass(Duration.ofMinutes(5));
    worker.tick();
    assertThat(world.progress(reissue).paid()).isBetween(14L, 16L);
  }

  @Test
  void spentBudget_pausesTheReissue_andATopUpLetsItGoOn() {
    try (PayingWorld poor = new PayingWorld(25)) {
      Reissue reissue =
          poor.approved(PayingWorld.header(100).build(), PayingWorld.entitlements(10, 5));
      ReissueWorker worker = poor.worker("a", UnaryOperator.identity());
      for (int tick = 0; tick < 30 && poor.state(reissue) == Reissue.State.RUNNING; tick++) {
        worker.tick();
        poor.pass(Duration.ofMillis(500));
      }
      assertThat(poor.progress(reissue).paidFen()).isLessThanOrEqualTo(25);
      assertThat(poor.progress(reissue).refused()).isZero();
      assertThat(poor.ledger.one("select free as n from budgets")).isGreaterThanOrEqualTo(0);
      poor.ledger.assertConserved();
    }
  }

  @Test
  void orderThatWaitsInTheInbox_isLeftToSettlement() {
    OrderNo waits = OrderNo.parse(PayingWorld.orders(2, 88).getLast().getOrderNo()).orElseThrow();
    Reissue reissue = world.approved(PayingWorld.header(10).build(), PayingWorld.orders(2, 88));
    world
        .ledger
        .database()
        .update(
            "insert into inbox (act_id, order_no, lease_id, partition_no, fingerprint, record,"
                + " created_at) values (?, ?, 0, 0, ?, 'a record', utc_timestamp(6))",
            waits.actId().value(),
            waits.text(),
            new byte[32]);
    payAll(worker("a"), reissue);
    assertThat(world.progress(reissue)).isEqualTo(new Progress(1, 88, 0, 0));
    assertThat(world.state(reissue)).isEqualTo(Reissue.State.RUNNING);

    world.ledger.database().update("delete from inbox");
    payAll(worker("a"), reissue);
    assertThat(world.progress(reissue)).isEqualTo(new Progress(2, 2 * 88, 0, 0));
  }

  @Test
  void orderThatNobodyRemembers_waits_untilSettlementHasPassedTheLossOfRedis() {
    Reissue reissue = world.approved(PayingWorld.header(10).build(), PayingWorld.orders(2, 88));
    world.promises.lose();
    payAll(worker("a"), reissue);
    world.promises.begin(new Promises.Epoch("second", world.now().wall()));
    world.unsettled.add("second");
    payAll(worker("a"), reissue);
    assertThat(world.progress(reissue)).isEqualTo(new Progress(0, 0, 0, 0));

    world.unsettled.clear();
    payAll(worker("a"), reissue);
    assertThat(world.progress(reissue)).isEqualTo(new Progress(2, 2 * 88, 0, 0));
  }

  @Test
  void claimedOrder_isPaidUnderItsClaim_andAnotherAmountIsNotPaid() {
    OrderNo claimed = OrderNo.parse(PayingWorld.orders(2, 88).get(0).getOrderNo()).orElseThrow();
    OrderNo other = OrderNo.parse(PayingWorld.orders(2, 88).get(1).getOrderNo()).orElseThrow();
    Fingerprint fingerprint = claim(claimed, 88);
    claim(other, 12);
    Reissue reissue = world.approved(PayingWorld.header(10).build(), PayingWorld.orders(2, 88));
    payAll(worker("a"), reissue);

    assertThat(
            world
                .ledger
                .database()
                .query("select fingerprint from orders where order_no = ?", claimed.text())
                .getFirst()
                .getBytes("fingerprint"))
        .isEqualTo(fingerprint.bytes());
    assertThat(world.progress(reissue)).isEqualTo(new Progress(1, 88, 0, 1));
    assertThat(world.reissues.rows(reissue.id(), Optional.of(Payment.State.REFUSED), 0, 10))
        .singleElement()
        .satisfies(row -> assertThat(row.note()).startsWith("PROMISED"));
  }

  private Fingerprint claim(OrderNo number, long fen) {
    Fingerprint fingerprint =
        Fingerprint.of(
            number.actId(),
            PayingWorld.CHILD,
            number.round(),
            AwardType.AWARD_TYPE_CASH_RED_PACKET,
            Fen.of(77));
    Outcome outcome =
        new Outcome(
            AwardType.AWARD_TYPE_CASH_RED_PACKET,
            "cash-main",
            Fen.of(fen),
            false,
            "Red packet",
            PayingWorld.BUDGET);
    Instant now = world.now().wall();
    var _ =
        world.promises.claim(
            Lane.LANE_LIVE,
            number,
            new Claim(fingerprint, outcome, List.of(1L), "op", Fen.of(77), now, now, 7),
            now.plusSeconds(600));
    return fingerprint;
  }

  /// Every third commit is not heard of, though it came about.
  private static final class Deaf implements PaymentStore {
    private final PaymentStore store;
    private int calls;

    Deaf(PaymentStore store) {
      this.store = store;
    }

    @Override
    public List<Reissue> running(int limit) {
      return store.running(limit);
    }

    @Override
    public Optional<Hold> take(Reissue seen, String me) {
      return store.take(seen, me);
    }

    @Override
    public boolean touch(Hold hold) {
      return store.touch(hold);
    }

    @Override
    public List<Payment> pending(Hold hold, int limit) {
      return store.pending(hold, limit);
    }

    @Override
    public Optional<OrderState> order(Payment payment) {
      return store.order(payment);
    }

    @Override
    public BookingStore.Result pay(Hold hold, Payment payment, Effects effects, Instant now) {
      BookingStore.Result result = store.pay(hold, payment, effects, now);
      return ++calls % 3 == 0 ? new BookingStore.Result.Unknown() : result;
    }

    @Override
    public void end(Hold hold, Payment payment, Payment.State state, String note) {
      store.end(hold, payment, state, note);
    }

    @Override
    public void pause(Hold hold, String note) {
      store.pause(hold, note);
    }

    @Override
    public void finish(Hold hold, Instant now) {
      store.finish(hold, now);
    }
  }
}
