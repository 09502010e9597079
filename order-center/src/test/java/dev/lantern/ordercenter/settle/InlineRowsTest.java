package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlineRowsTest {
  @Test
  void plainValues_areWrittenInPlace() {
    InlineRows rows =
        new InlineRows("insert into t (a) ", 2)
            .add(1L, -2, true, null, "7_rain-a7f3_1_1_3#1", "")
            .add(
                Long.MIN_VALUE,
                0,
                false,
                new byte[] {0, (byte) 0xff},
                "cost:a.b",
                Instant.parse("2027-01-02T03:04:05.000678999Z"));

    assertThat(rows.sql(" tail"))
        .isEqualTo(
            "insert into t (a) values (1,-2,1,null,'7_rain-a7f3_1_1_3#1',''),"
                + "(-9223372036854775808,0,0,x'00ff','cost:a.b','2027-01-02 03:04:05.000678') tail");
    assertThat(rows.args()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's", "a b", "\\", "\"", "`", "?", "%", "a\0b", "春", "é", "a;b", "a/*b", "(", "a\nb", "@x"
      })
  void anyOtherText_isBound(String text) {
    InlineRows rows = new InlineRows("insert into t (a) ", 1).add(text, 5);

    assertThat(rows.sql("")).isEqualTo("insert into t (a) values (?,5)");
    assertThat(rows.args()).containsExactly(text);
  }

  @Test
  void longText_isBound() {
    assertThat(InlineRows.isPlain("a".repeat(129))).isFalse();
    assertThat(InlineRows.isPlain("a".repeat(128))).isTrue();
  }
}
