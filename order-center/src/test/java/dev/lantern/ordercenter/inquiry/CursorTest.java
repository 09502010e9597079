package dev.lantern.ordercenter.inquiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorTest {
  private static final OrderPlace PLACE =
      new OrderPlace(Instant.parse("2027-01-01T12:00:00.123456Z"), "7_rain_1_1_3");

  @Test
  void token_leadsBackToItsPlace() {
    assertThat(Cursor.read("a", Cursor.write("a", "x", "y"), 2)).contains(List.of("x", "y"));
    assertThat(OrderPlace.read("orders", PLACE.token("orders"))).contains(PLACE);
  }

  @Test
  void noToken_isTheFirstPage() {
    assertThat(Cursor.read("a", "", 2)).isEmpty();
  }

  @Test
  void longestPlace_fitsTheContractsToken() {
    String postingId = "9".repeat(112);
    assertThat(Cursor.write("postings", postingId)).hasSizeLessThanOrEqualTo(256);
  }

  @Test
  void token_ofAnotherList_isRefused() {
    String others = PLACE.token("orders/8/spring/");
    assertThat(refusal("orders/7/spring/", others)).isEqualTo(Reason.REASON_INVALID_FIELD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "not base64!", "AAAA", "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo"})
  void whatIsNoToken_isRefused(String token) {
    assertThat(refusal("orders", token)).isEqualTo(Reason.REASON_INVALID_FIELD);
  }

  @Test
  void tokenOfAPlaceThatIsNoTime_isRefused() {
    assertThat(refusal("orders", Cursor.write("orders", "soon", "7_rain_1_1_3")))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
    assertThat(refusal("orders", Cursor.write("orders", "-1", "7_rain_1_1_3")))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
  }

  private static Reason refusal(String list, String token) {
    return catchThrowableOfType(Refused.class, () -> OrderPlace.read(list, token)).reason();
  }
}
