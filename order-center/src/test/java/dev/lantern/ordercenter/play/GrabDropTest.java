package dev.lantern.ordercenter.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.RoundId;
import org.junit.jupiter.api.Test;

final class GrabDropTest {
  private static final RoundId ROUND = new RoundId("rain-1", 1);

  @Test
  void share_isHeld_growsWithTheSwitch_andFallsOnOthersInAnotherRound() {
    int dropped = 0;
    int inBoth = 0;
    for (long user = 1; user <= 100_000; user++) {
      ActId actId = new ActId(user);
      assertThat(GrabDrop.drops(0, actId, ROUND)).isFalse();
      assertThat(GrabDrop.drops(10_000, actId, ROUND)).isTrue();
      if (GrabDrop.drops(2_500, actId, ROUND)) {
        dropped++;
        assertThat(GrabDrop.drops(2_501, actId, ROUND)).isTrue();
        inBoth += GrabDrop.drops(2_500, actId, new RoundId("rain-1", 2)) ? 1 : 0;
      }
    }
    assertThat(dropped).isCloseTo(25_000, within(900));
    assertThat(inBoth).isCloseTo(6_250, within(600));
  }
}
