package dev.lantern.ordercenter.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.campaign.DrawTable.Band;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.RoundId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DrawTest {
  private static final byte[] SECRET = "a secret for tests".getBytes(UTF_8);
  private static final DrawTable TABLE =
      new DrawTable(List.of(new Band(1, 20, 9), new Band(100, 200, 1)));
  private static final int DRAWS = 100_000;

  @Test
  void amount_isTheSameForANumber_whateverInstanceDraws() {
    for (int user = 1; user <= 1_000; user++) {
      assertThat(new Draw(TABLE, SECRET).amountFor(orderNo(user)))
          .isEqualTo(new Draw(TABLE, SECRET).amountFor(orderNo(user)));
    }
  }

  @Test
  // Worked out once by another program.
  void amount_isKnown_soThatAChangedDrawIsNoticed() {
    assertThat(new Draw(TABLE, SECRET).amountFor(orderNo(1))).isEqualTo(new Fen(14));
    assertThat(new Draw(TABLE, SECRET).amountFor(orderNo(2))).isEqualTo(new Fen(4));
    assertThat(new Draw(TABLE, SECRET).amountFor(orderNo(3))).isEqualTo(new Fen(4));
  }

  @Test
  void amounts_followTheWeights_andFillTheBandsEvenly() {
    Draw draw = new Draw(TABLE, SECRET);
    int[] low = new int[21];
    int high = 0;
    for (int user = 1; user <= DRAWS; user++) {
      long fen = draw.amountFor(orderNo(user)).value();
      if (fen <= 20) {
        assertThat(fen).isPositive();
        low[(int) fen]++;
      } else {
        assertThat(fen).isBetween(100L, 200L);
        high++;
      }
    }
    // Standard deviations: 95 of the high ones, 65 of each low value; six of them are allowed.
    assertThat(high).isCloseTo(DRAWS / 10, within(570));
    for (int fen = 1; fen <= 20; fen++) {
      assertThat(low[fen]).isCloseTo(DRAWS * 9 / 10 / 20, within(400));
    }
  }

  @Test
  void another_secretOrTable_drawsOtherAmounts() {
    Draw other = new Draw(TABLE, "another secret altogether".getBytes(UTF_8));
    DrawTable shifted = new DrawTable(List.of(new Band(1, 20, 8), new Band(100, 200, 1)));
    int sameBySecret = 0;
    int sameByTable = 0;
    for (int user = 1; user <= 1_000; user++) {
      Fen amount = new Draw(TABLE, SECRET).amountFor(orderNo(user));
      sameBySecret += amount.equals(other.amountFor(orderNo(user))) ? 1 : 0;
      sameByTable += amount.equals(new Draw(shifted, SECRET).amountFor(orderNo(user))) ? 1 : 0;
    }
    assertThat(sameBySecret).isLessThan(100);
    assertThat(sameByTable).isLessThan(100);
  }

  @Test
  void fixed_amount_isAlwaysThat() {
    Draw draw = new Draw(DrawTable.fixed(new Fen(88)), SECRET);
    for (int user = 1; user <= 100; user++) {
      assertThat(draw.amountFor(orderNo(user))).isEqualTo(new Fen(88));
    }
  }

  private static OrderNo orderNo(long user) {
    return OrderNo.of(
        new ActId(user),
        new RoundId("rain-a7f3", 1),
        AwardType.AWARD_TYPE_CASH_RED_PACKET,
        Stage.STAGE_OFFICIAL);
  }
}
