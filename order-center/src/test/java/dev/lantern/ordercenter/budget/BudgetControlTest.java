package dev.lantern.ordercenter.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.budget.BudgetControl.Adjustment;
import dev.lantern.ordercenter.budget.BudgetControl.After;
import dev.lantern.ordercenter.budget.BudgetControl.Before;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BudgetControlTest {
  private static final List<Adjustment> ADJUSTMENTS = List.of(Adjustment.values());

  @Test
  void cut_ofWhatIsFree_isDoneAtOnce() {
    assertThat(new Before(1_000, 400, 100, false, 0).after(Adjustment.CUT, 300))
        .contains(new After(700, 100, false, 0));
  }

  @Test
  void cut_ofMoreThanIsFree_waitsForWhatIsLeased() {
    assertThat(new Before(1_000, 400, 100, false, 0).after(Adjustment.CUT, 450))
        .contains(new After(600, 0, false, 50));
  }

  @Test
  void cut_ofWhatIsBooked_isRefused() {
    assertThat(new Before(1_000, 400, 100, false, 0).after(Adjustment.CUT, 501)).isEmpty();
  }

  @Test
  void cut_countsWhatIsPendingAlready() {
    Before before = new Before(600, 0, 100, false, 60);
    assertThat(before.after(Adjustment.CUT, 41)).isEmpty();
    assertThat(before.after(Adjustment.CUT, 40)).contains(new After(600, 0, false, 100));
  }

  @Test
  void topUp_servesAPendingCutFirst() {
    assertThat(new Before(600, 0, 100, false, 60).after(Adjustment.TOP_UP, 100))
        .contains(new After(640, 40, false, 0));
  }

  @Test
  void unfreeze_takesThePendingCutBack() {
    assertThat(new Before(600, 0, 100, true, 60).after(Adjustment.UNFREEZE, 0))
        .contains(new After(600, 0, false, 0));
  }

  @Test
  void adjustments_neverTouchWhatIsBookedOrLeased() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long free = random.nextLong(1_000);
      long leased = random.nextLong(1_000);
      long booked = random.nextLong(1_000);
      long pending = leased == 0 ? 0 : random.nextLong(leased);
      Before before =
          new Before(free + leased + booked, free, leased, random.nextBoolean(), pending);
      Adjustment adjustment = ADJUSTMENTS.get(random.nextInt(ADJUSTMENTS.size()));
      before
          .after(adjustment, random.nextLong(3_000))
          .ifPresent(after -> {
            assertThat(after.total() - after.free()).isEqualTo(leased + booked);
            assertThat(after.free()).isNotNegative();
            assertThat(after.pendingCut()).isBetween(0L, leased);
            boolean settles = adjustment == Adjustment.CUT || adjustment == Adjustment.TOP_UP;
            assertThat(!settles || after.pendingCut() == 0 || after.free() == 0).isTrue();
          });
    }
  }
}
