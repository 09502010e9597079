package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lantern.ordercenter.order.ActId;
import org.junit.jupiter.api.Test;

final class AudienceTest {
  @Test
  void percentage_holdsItsShare_andOnlyGrowsWithIt() {
    int inTen = 0;
    for (long user = 1; user <= 100_000; user++) {
      ActId actId = new ActId(user);
      boolean ten = new Audience.Percentage(10).includes(actId, "child");
      inTen += ten ? 1 : 0;
      if (ten) {
        assertThat(new Audience.Percentage(11).includes(actId, "child")).isTrue();
      }
      assertThat(new Audience.Percentage(0).includes(actId, "child")).isFalse();
      assertThat(new Audience.Percentage(100).includes(actId, "child")).isTrue();
    }
    assertThat(inTen).isCloseTo(10_000, within(600));
  }

  @Test
  void percentage_picksOthersForAnotherChild() {
    int both = 0;
    for (long user = 1; user <= 100_000; user++) {
      ActId actId = new ActId(user);
      both +=
          new Audience.Percentage(10).includes(actId, "one")
                  && new Audience.Percentage(10).includes(actId, "two")
              ? 1
              : 0;
    }
    assertThat(both).isCloseTo(1_000, within(300));
  }
}
