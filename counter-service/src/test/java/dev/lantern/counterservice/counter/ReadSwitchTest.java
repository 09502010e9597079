package dev.lantern.counterservice.counter;

import static dev.lantern.counterservice.counter.ReadSwitch.Standing.GONE;
import static dev.lantern.counterservice.counter.ReadSwitch.Standing.LACKING;
import static dev.lantern.counterservice.counter.ReadSwitch.Standing.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.counterservice.counter.ReadSwitch.Standing;
import org.junit.jupiter.api.Test;

class ReadSwitchTest {

  private final ReadSwitch home = ReadSwitch.home(2, 3);

  @Test
  void bothWhole_staysHome() {
    assertThat(rounds(home, 10, WHOLE, WHOLE).current()).isEqualTo(Source.A);
  }

  @Test
  void oneBadRound_isForgiven() {
    ReadSwitch after = home.after(GONE, WHOLE).after(WHOLE, WHOLE).after(GONE, WHOLE);

    assertThat(after.current()).isEqualTo(Source.A);
  }

  @Test
  void a_gone_isLeftAfterTwoRounds() {
    assertThat(rounds(home, 2, GONE, WHOLE).current()).isEqualTo(Source.B);
    assertThat(rounds(home, 2, GONE, LACKING).current()).isEqualTo(Source.B);
  }

  @Test
  void a_thatCameBackEmpty_isNotReadBeforeItsRepair() {
    ReadSwitch away = rounds(home, 2, GONE, WHOLE);

    assertThat(rounds(away, 100, LACKING, WHOLE).current()).isEqualTo(Source.B);
    assertThat(rounds(home, 2, LACKING, WHOLE).current()).isEqualTo(Source.B);
  }

  @Test
  void a_repaired_isReturnedToAfterThreeRounds() {
    ReadSwitch away = rounds(home, 2, GONE, WHOLE);

    assertThat(rounds(away, 2, WHOLE, WHOLE).current()).isEqualTo(Source.B);
    assertThat(rounds(away, 3, WHOLE, WHOLE).current()).isEqualTo(Source.A);
  }

  @Test
  void b_gone_isLeftForAnAThatOnlyAnswers() {
    ReadSwitch away = rounds(home, 2, GONE, WHOLE);

    assertThat(rounds(away, 2, LACKING, GONE).current()).isEqualTo(Source.A);
  }

  @Test
  void bothGone_endsAtHome() {
    assertThat(rounds(home, 10, GONE, GONE).current()).isEqualTo(Source.A);
  }

  @Test
  void chosen_isGoneToAtOnce_evenWhileItLacks() {
    assertThat(home.after(WHOLE, WHOLE, Choice.Kind.B).current()).isEqualTo(Source.B);
    assertThat(home.after(WHOLE, LACKING, Choice.Kind.B).current()).isEqualTo(Source.B);
  }

  @Test
  void chosen_isStayedAt_untilTheChoiceIsTakenBack() {
    ReadSwitch chosen = home.after(WHOLE, WHOLE, Choice.Kind.B);
    for (int i = 0; i < 10; i++) {
      chosen = chosen.after(WHOLE, LACKING, Choice.Kind.B);
    }
    assertThat(chosen.current()).isEqualTo(Source.B);

    assertThat(rounds(chosen, 3, WHOLE, WHOLE).current()).isEqualTo(Source.A);
  }

  @Test
  void chosen_thatDoesNotAnswer_isLeftAfterTwoRounds_andComeBackTo() {
    ReadSwitch chosen = home.after(WHOLE, WHOLE, Choice.Kind.B);
    chosen = chosen.after(WHOLE, GONE, Choice.Kind.B);
    assertThat(chosen.current()).isEqualTo(Source.B);
    chosen = chosen.after(WHOLE, GONE, Choice.Kind.B);
    assertThat(chosen.current()).isEqualTo(Source.A);

    assertThat(chosen.after(WHOLE, LACKING, Choice.Kind.B).current()).isEqualTo(Source.B);
  }

  @Test
  void chosen_withBothGone_isKept() {
    assertThat(home.after(GONE, GONE, Choice.Kind.B).current()).isEqualTo(Source.B);
  }

  private static ReadSwitch rounds(ReadSwitch from, int rounds, Standing a, Standing b) {
    ReadSwitch moved = from;
    for (int i = 0; i < rounds; i++) {
      moved = moved.after(a, b);
    }
    return moved;
  }
}
