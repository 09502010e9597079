package dev.lantern.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SwitchStateTest {
  @ParameterizedTest
  @CsvSource({"on,10000,on", "OFF,0,off", "25%,2500,25%", "0.5%,50,0.5%", "1,1,0.01%"})
  void convert_readsWhatSpokenSays(String text, int state, String spoken) {
    assertThat(new SwitchState().convert(text)).isEqualTo(state);
    assertThat(SwitchState.spoken(state)).isEqualTo(spoken);
    assertThat(new SwitchState().convert(spoken)).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "-1", "10001", "100.01%", "0.001%", "%"})
  void convert_ofNonsense_isRefused(String text) {
    assertThatThrownBy(() -> new SwitchState().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @Test
  void span_readsSecondsToDays() {
    assertThat(new Span().convert("90m")).isEqualTo(Duration.ofMinutes(90));
    assertThatThrownBy(() -> new Span().convert("1w")).isInstanceOf(TypeConversionException.class);
  }
}
