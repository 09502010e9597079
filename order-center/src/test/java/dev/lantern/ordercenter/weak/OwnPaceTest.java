package dev.lantern.ordercenter.weak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OwnPaceTest {
  private boolean on = true;
  private int turns;

  @Test
  void work_standsStillWhileItsSwitchIsOff_andGoesOn() {
    Runnable work = OwnPace.during(() -> on, () -> turns++);
    work.run();
    on = false;
    work.run();
    work.run();
    on = true;
    work.run();
    assertThat(turns).isEqualTo(2);
  }

  @Test
  void theseSwitches_areNoDependenciesOfAccepting() {
    assertThat(OrderSwitch.REISSUE.isWeak()).isFalse();
    assertThat(OrderSwitch.RECONCILE.isWeak()).isFalse();
    assertThat(OrderSwitch.INQUIRIES.isWeak()).isFalse();
  }
}
