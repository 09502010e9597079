package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrderNoTest {
  @Test
  void number_isMadeOfItsParts_andReadBack() {
    OrderNo orderNo =
        OrderNo.of(
            new ActId(Long.MAX_VALUE),
            new RoundId("rain-a7f3", Integer.MAX_VALUE),
            AwardType.AWARD_TYPE_AVATAR_PENDANT,
            Stage.STAGE_GREY);
    assertThat(orderNo.text()).isEqualTo("9223372036854775807_rain-a7f3_2147483647_13_2");
    assertThat(OrderNo.parse(orderNo.text())).contains(orderNo);
    assertThat(orderNo.text().length()).isLessThanOrEqualTo(96);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1_rain_1_1",
        "0_rain_1_1_3",
        "01_rain_1_1_3",
        "1_rain_01_1_3",
        "1_rain_1_01_3",
        "1_rain_1_99_3",
        "1_rain_1_1_9",
        "1_Rain_1_1_3",
        "1_-rain_1_1_3",
        "1_rain_2147483648_1_3",
        "9223372036854775808_rain_1_1_3",
        "1_rain_1_1_3 ",
        "1_rain_1_1_3_1",
        "1_rain\u0000_1_1_3",
      })
  void text_thatIsNoNumber_isNotRead(String text) {
    assertThat(OrderNo.parse(text)).isEmpty();
  }

  @Test
  void nonsense_cannotBeMade() {
    assertThatThrownBy(() -> new ActId(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Fen(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Fen(Long.MAX_VALUE).plus(new Fen(1)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new RoundId("a_b", 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
