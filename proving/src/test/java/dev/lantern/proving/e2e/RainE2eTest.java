package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.Wiring;
import dev.lantern.proving.laws.Law;
import dev.lantern.proving.laws.ReconcileReport;
import dev.lantern.proving.laws.SelfTest;
import dev.lantern.proving.place.Auditor;
import dev.lantern.proving.rain.Rain;
import dev.lantern.proving.rain.RainOptions;
import dev.lantern.proving.rain.RainReport;
import dev.lantern.proving.rain.StagesReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// Rains over one ledger that keeps its data, the later ones on what the earlier ones left.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RainE2eTest {
  private static final int USERS = 300;

  @Test
  @Order(1)
  void rain_keepsEveryLaw_andAcceptsNearlyEveryGrab() {
    RainReport report = rain(RainOptions.of(USERS, 2, 1));
    assertSound(report);
    assertThat(report.distinctGrabs()).isEqualTo(USERS * 2L + 5);
    assertThat(report.accepted()).isGreaterThanOrEqualTo(report.distinctGrabs() * 8 / 10);
    assertThat(report.fallbacks()).isZero();
    assertThat(report.refused()).isNotEmpty().doesNotContainKey("?");
  }

  @Test
  @Order(2)
  void scarceBudget_withoutThreshold_givesTheLastUnitAndNotOneMore() {
    long fixed = 88;
    RainReport report = rain(RainOptions.of(USERS, 1, 2).withBudget(100 * fixed + 50, 0, fixed));
    assertSound(report);
    assertThat(report.budgetFreeFen()).isEqualTo(50);
    assertThat(report.fallbacks()).isZero();
    assertThat(report.refusedByReason()).containsKey("SOLD_OUT");
  }

  @Test
  @Order(3)
  void scarceBudget_withThreshold_givesFallbacks() {
    long fixed = 88;
    RainReport report = rain(RainOptions.of(USERS, 2, 3).withBudget(100 * fixed, 10, fixed));
    assertSound(report);
    assertThat(report.fallbacks()).isPositive();
    assertThat(report.budgetFreeFen()).isBetween(0L, 100 * fixed);
  }

  @Test
  @Order(4)
  void twoOfEachRole_keepEveryLaw() {
    SharedStack.scale(2, 2);
    try {
      RainReport report = rain(RainOptions.of(USERS, 2, 4));
      assertSound(report);
      assertThat(report.accepted()).isGreaterThanOrEqualTo(report.distinctGrabs() * 8 / 10);
    } finally {
      SharedStack.scale(1, 1);
    }
  }

  @Test
  @Order(5)
  void greyBecomesOfficial_underClocksFourSecondsApart_everyOrderInItsStage() {
    List<Duration> clocks = List.of(Duration.ofSeconds(2), Duration.ofSeconds(-2));
    SharedStack.scale(2, 2);
    try (var _ = SharedStack.skewed(clocks)) {
      StagesReport report =
          Wiring.stagesRain(SharedStack.access(), SharedStack.progress(), clocks)
              .run(RainOptions.of(USERS / 2, 3, 4));
      assertThat(report.wrong()).isEmpty();
      assertThat(report.plantReported()).isTrue();
      assertSound(report.rain());
      assertThat(report.ordersByStage().values()).hasSize(3).allMatch(orders -> orders > 0);
      assertThat(report.ordersByClock().values()).hasSize(2).allMatch(orders -> orders > 0);
      assertThat(report.aroundChange().keySet()).contains("grey", "official");
      assertThat(report.good()).isTrue();
    } finally {
      SharedStack.scale(1, 1);
    }
  }

  @Test
  @Order(6)
  void reconcile_overAllRains_agrees() {
    ReconcileReport report = Wiring.reconcile(SharedStack.access()).run(Duration.ofHours(6));
    assertThat(report.findings()).isEmpty();
    assertThat(report.laws()).hasSize(Law.values().length).doesNotContainValue(false);
    Map<String, Long> totals = report.totals();
    assertThat(totals)
        .containsEntry("booked", totals.getOrDefault("accepted", 0L))
        .containsEntry("booked_fen", totals.getOrDefault("issued_fen", 0L))
        .doesNotContainKeys("not_booked", "others_not_booked");
    // Other tests' grabs and the benchmarks' orders are in no rain's log.
    long grabs = new Auditor(SharedStack.access()).handled(SharedStack.round().activityId());
    assertThat(totals.getOrDefault("others_booked", 0L)).isGreaterThanOrEqualTo(grabs);
  }

  @Test
  @Order(7)
  void selfTest_reportsEveryPlantedViolation_andLeavesNothingBehind() {
    SelfTest selfTest = Wiring.selfTest(SharedStack.access());
    SelfTest.Outcome outcome = selfTest.run(selfTest.newestRun().orElseThrow());
    assertThat(outcome.sound()).isEmpty();
    assertThat(outcome.trials()).extracting(SelfTest.Trial::law).contains(Law.values());
    assertThat(outcome.trials()).filteredOn(trial -> !trial.reported()).isEmpty();
    ReconcileReport after = Wiring.reconcile(SharedStack.access()).run(Duration.ofHours(6));
    assertThat(after.findings()).isEmpty();
  }

  private static RainReport rain(RainOptions options) {
    Rain rain = Wiring.rain(SharedStack.access(), SharedStack.progress());
    return rain.run(options);
  }

  private static void assertSound(RainReport report) {
    assertThat(report.findings()).isEmpty();
    assertThat(report.good()).isTrue();
    assertThat(report.accepted()).isPositive().isEqualTo(report.settled());
    assertThat(report.issuedFen()).isPositive().isEqualTo(report.bookedFen());
    assertThat(report.parked()).isZero();
  }
}
