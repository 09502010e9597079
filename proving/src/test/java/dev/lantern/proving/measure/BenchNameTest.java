package dev.lantern.proving.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchNameTest {
  @Test
  void names_leftOut_areAll() {
    assertThat(BenchName.of(List.of())).containsExactly(BenchName.values());
  }

  @Test
  void names_givenTwice_areMeasuredOnce() {
    assertThat(BenchName.of(List.of("accept", "settle", "accept")))
        .containsExactly(BenchName.SETTLE, BenchName.ACCEPT);
  }

  @Test
  void name_thatIsNone_isRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> BenchName.of(List.of("speed")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("accept", "settle");
  }

  @Test
  void rounds_haveBounds() {
    assertThatThrownBy(() -> BenchSize.USUAL.withRounds(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BenchSize.USUAL.withRounds(BenchSize.MOST_ROUNDS + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void scale_hasBounds() {
    assertThatThrownBy(() -> BenchSize.USUAL.withScale(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BenchSize.USUAL.withScale(2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BenchSize.USUAL.withScale(1_000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void factors_growUpToTheScale_andTheOnlyOneIsMeasuredTwice() {
    assertThat(BenchSize.USUAL.withScale(100).factors()).containsExactly(1, 10, 100);
    assertThat(BenchSize.USUAL.withScale(10).factors()).containsExactly(1, 10);
    assertThat(BenchSize.USUAL.withScale(1).factors()).containsExactly(1, 1);
  }

  @Test
  void echo_getsTheFlagsOfItsModel_butNotItsClassArchive() {
    List<String> model =
        List.of(
            "/jdk/bin/java",
            "-XX:+UseSerialGC",
            "-Xmx160m",
            "-XX:SharedArchiveFile=/cache/order.jsa",
            "-Xshare:auto",
            "-cp",
            "a.jar:b.jar",
            "dev.lantern.ordercenter.Main");
    assertThat(EchoProcess.jvm(model))
        .containsExactly("/jdk/bin/java", "-XX:+UseSerialGC", "-Xmx160m", "-Xshare:auto");
  }

  @Test
  void literal_ofText_cannotEndItsQuotes() {
    assertThat(ScratchLedger.literal("it's a \\", Types.VARCHAR)).isEqualTo("'it''s a \\\\'");
    assertThat(ScratchLedger.literal("42", Types.BIGINT)).isEqualTo("42");
  }
}
