package dev.lantern.ordercenter.fund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.budget.BudgetControl.Guard;
import dev.lantern.ordercenter.fund.BudgetUse.Finding;
import dev.lantern.ordercenter.fund.BudgetUse.Sample;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BudgetUseTest {
  private static final Instant NOW = Instant.parse("2027-01-01T12:01:00Z");

  @Test
  void rate_isSinceTheSampleBefore_shareSinceAMinuteAgo() {
    BudgetUse use = use(700, false, Guard.NONE);
    assertThat(use.perSecond()).isEqualTo(40.0);
    assertThat(use.percentOfMinute()).isEqualTo(60.0);
    assertThat(use.finding()).isEmpty();
  }

  @Test
  void guard_findsTheGravest() {
    assertThat(use(700, false, new Guard(40, 60, 40)).finding()).isEmpty();
    assertThat(use(700, false, new Guard(39, 0, 0)).finding()).contains(Finding.FAST);
    assertThat(use(700, false, new Guard(0, 59, 0)).finding()).contains(Finding.LARGE_SHARE);
    assertThat(use(700, false, new Guard(39, 59, 39)).finding()).contains(Finding.TOO_FAST);
    assertThat(use(700, true, new Guard(39, 59, 39)).finding()).isEmpty();
  }

  @Test
  void firstLook_findsNothing() {
    BudgetUse first =
        new BudgetUse(
            "main", 1_000, 900, NOW, false, new Guard(1, 1, 1), Optional.empty(), Optional.empty());
    assertThat(first.perSecond()).isZero();
    assertThat(first.finding()).isEmpty();
  }

  private static BudgetUse use(long used, boolean frozen, Guard guard) {
    return new BudgetUse(
        "main",
        1_000,
        used,
        NOW,
        frozen,
        guard,
        Optional.of(new Sample(NOW.minusSeconds(5), 500)),
        Optional.of(new Sample(NOW.minusSeconds(60), 100)));
  }
}
