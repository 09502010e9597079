package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimesTest {
  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 0",
    "-9223372036854775808, 0",
    "253402300800, 0",
    "-62135596801, 0",
    "0, -1",
    "0, 1000000000"
  })
  void askedTime_thatIsNone_isRefusedUnderItsName(long seconds, int nanos) {
    var time = Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    Refused refused = catchThrowableOfType(Refused.class, () -> Times.asked(time, "open_time"));
    assertThat(refused.reason()).isEqualTo(Reason.REASON_INVALID_FIELD);
  }

  @Test
  void askedTime_isItself_toTheEndsOfWhatThereIs() {
    for (String text : new String[] {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"}) {
      Instant instant = Instant.parse(text);
      assertThat(Times.asked(Times.toProto(instant), "open_time")).isEqualTo(instant);
    }
  }
}
