package dev.lantern.proving.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.clientlog.Call;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Protocol;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.StoreFacts.ConflictRow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LawsTest {
  @Test
  void soundRain_everyLawHoldsOverSomething() {
    LawReport report = Laws.check(new SoundRain().facts());
    assertThat(report.findings()).isEmpty();
    assertThat(report.laws()).hasSize(Law.values().length).doesNotContainValue(false);
    assertThat(report.examined()).allSatisfy((_, things) -> assertThat(things).isPositive());
  }

  @Test
  void emptyLogs_noLawThatNeedsThemHolds() {
    var rain = new SoundRain();
    rain.log.clear();
    LawReport report = Laws.check(rain.facts());
    for (Law law : Law.values()) {
      if (!law.judgedByStoresAlone() && law != Law.APART) {
        assertThat(report.laws()).as(law.name()).containsEntry(law, false);
      }
    }
  }

  @Test
  void storesAlone_onlyTheirLawsAreJudged() {
    var facts = new Facts(Optional.empty(), List.of(), new SoundRain().stores(), true, false);
    LawReport report = Laws.check(facts);
    assertThat(report.laws()).containsOnlyKeys(Law.DRAIN, Law.SUM).doesNotContainValue(false);
  }

  @Test
  void lostRedis_secondOutcomeIsFineWhileItIsKeptAsAConflict() {
    var rain = new SoundRain();
    rain.grab(
        0, 11, Protocol.JSON, Intent.AGAIN, 90, SoundRain.accepted(SoundRain.ORDER_1, 35, false));
    assertThat(kinds(rain, Law.ONCE)).contains("TOLD_TWO_OUTCOMES", "TOLD_ANOTHER_AMOUNT");
    rain.conflicts.add(
        new ConflictRow(11, SoundRain.ORDER_1, "OUTCOME_CONFLICT", 1, 35, "r-main", 7, 3, 4));
    rain.log.removeIf(e -> e.intent() == Intent.FIRST && e.actId() == 11);
    assertThat(kinds(rain, Law.ONCE)).isEmpty();
  }

  @Test
  void degradedWallet_mayShowTooLittleButNeverTooMuch() {
    var rain = new SoundRain();
    rain.call(
        0,
        11,
        Protocol.JSON,
        Call.WALLET,
        Intent.LOOK,
        400,
        "r-official",
        new Told.WalletShown("r-official", 0, 0, 0, 0, 0, false, List.of("tokens")));
    assertThat(kinds(rain, Law.VIEW)).isEmpty();
    rain.call(
        0,
        11,
        Protocol.JSON,
        Call.WALLET,
        Intent.LOOK,
        410,
        "r-official",
        new Told.WalletShown("r-official", 31, 31, 0, 0, 0, false, List.of("tokens")));
    assertThat(kinds(rain, Law.VIEW)).containsExactly("SHOWN_TOO_MUCH");
  }

  @Test
  void queueNotEmpty_missingOrderIsNotYetGone() {
    var rain = new SoundRain();
    rain.orders.removeFirst();
    rain.queueEmpty = false;
    rain.drained = false;
    assertThat(kinds(rain, Law.KEEP)).isEmpty();
    rain.queueEmpty = true;
    assertThat(kinds(rain, Law.KEEP)).containsExactly("GONE");
  }

  private static List<String> kinds(SoundRain rain, Law law) {
    return Laws.check(rain.facts()).findings().stream()
        .filter(f -> f.law() == law)
        .map(Finding::kind)
        .toList();
  }
}
