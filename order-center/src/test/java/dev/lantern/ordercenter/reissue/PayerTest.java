package dev.lantern.ordercenter.reissue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.order.MemoryPromises;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.ordercenter.settle.OneLease;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PayerTest implements PaymentStore, FundLimits {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");
  private static final long SLICE = 1_000;
  private static final long FEN = 88;
  private static final Payment PAYMENT =
      new Payment(
          1,
          Given.of(1_001, FEN, 0).orderNo(),
          false,
          Ledger.child(),
          AwardType.AWARD_TYPE_CASH_RED_PACKET,
          "cash-main",
          "Owed",
          Given.BUDGET,
          FEN,
          0);
  private static final Reissue REISSUE =
      new Reissue(
          "owed",
          "request",
          "the outage",
          "spring",
          "they were told",
          "",
          Reissue.State.RUNNING,
          new Reissue.Caps(100, 100),
          1,
          1,
          FEN,
          "operator",
          NOW,
          "approver",
          Optional.of(NOW),
          Optional.empty(),
          "payer",
          1,
          1);
  private static final Hold HOLD = new Hold("owed", "payer", 1);

  private final OneLease lease =
      new OneLease(7, SLICE, new LogName(Lane.LANE_LIVE, 1, "topic", "topic-id", 8));
  private final MemoryPromises promises = new MemoryPromises();
  private final List<Effects> paid = new ArrayList<>();
  private boolean away;
  private final Payer payer =
      new Payer(
          this,
          new Intents(promises, life -> true),
          lease,
          () -> new Moment(0, NOW),
          Lane.LANE_LIVE,
          () -> 8,
          this);

  @Test
  void payment_countsTowardsItsUsersDay_andIsHeldAgainstNone() {
    assertThat(payer.pay(HOLD, REISSUE, PAYMENT))
        .isEqualTo(new Payer.Outcome.Ended(Payment.State.PAID, ""));
    assertThat(paid.getFirst().days())
        .containsOnlyKeys(day())
        .containsValue(new Effects.Spend(FEN, DailyCap.UNLIMITED));
    assertThat(lease.rest()).isEqualTo(SLICE - FEN);
  }

  @Test
  void storeThatIsAway_givesTheUnitBack() {
    away = true;
    assertThatThrownBy(() -> payer.pay(HOLD, REISSUE, PAYMENT))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(lease.rest()).isEqualTo(SLICE);
  }

  @Test
  void redisThatIsAway_givesTheUnitBack() {
    promises.failNext(1, false);
    assertThatThrownBy(() -> payer.pay(HOLD, REISSUE, PAYMENT))
        .isInstanceOf(RedisUnavailableException.class);
    assertThat(lease.rest()).isEqualTo(SLICE);
  }

  private static DailyCap.Day day() {
    return new DailyCap.Day(1_001, LocalDate.of(2027, 1, 1), "spring");
  }

  @Override
  public BookingStore.Result pay(Hold hold, Payment payment, Effects effects, Instant now) {
    if (away) {
      throw new StoreUnavailableException("away", new IOException());
    }
    paid.add(effects);
    return new BookingStore.Result.Done();
  }

  @Override
  public Optional<String> flaw(String activityId, String sceneId, Instant at, long fen) {
    return Optional.empty();
  }

  @Override
  public Optional<DailyCap> dailyCap(String activityId, String sceneId, long actId, Instant at) {
    return Optional.of(new DailyCap(day(), 1));
  }

  @Override
  public Optional<OrderState> order(Payment payment) {
    return Optional.empty();
  }

  @Override
  public void end(Hold hold, Payment payment, Payment.State state, String note) {
    throw new AssertionError("it is to be paid: " + note);
  }

  @Override
  public List<Reissue> running(int limit) {
    return List.of();
  }

  @Override
  public Optional<Hold> take(Reissue seen, String me) {
    return Optional.empty();
  }

  @Override
  public boolean touch(Hold hold) {
    return true;
  }

  @Override
  public List<Payment> pending(Hold hold, int limit) {
    return List.of();
  }

  @Override
  public void pause(Hold hold, String note) {}

  @Override
  public void finish(Hold hold, Instant now) {}
}
