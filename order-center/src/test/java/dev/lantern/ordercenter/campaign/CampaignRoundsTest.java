package dev.lantern.ordercenter.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Ask;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Refusal;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.ordercenter.order.Rounds.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CampaignRoundsTest {
  private static final Instant OPEN = Instant.parse("2027-01-01T12:00:00Z");
  private static final CampaignIndex INDEX =
      new CampaignIndex(Documents.good(), 3, "a secret for tests".getBytes(UTF_8));
  private static final SceneRates UNLIMITED = (_, _, _, _) -> true;
  private static final CampaignRounds ROUNDS =
      new CampaignRounds((_, _) -> new Campaigns.Known.InEffect(INDEX), UNLIMITED);

  /// scene, round, user, seconds after 12:00, reason (empty: nothing speaks against it)
  @ParameterizedTest
  @CsvSource({
    "rain-a7f3, 1, 99, 0, ",
    "rain-a7f3, 1, 99, 29, ",
    "rain-a7f3, 1, 99, -1, REASON_ROUND_NOT_OPEN",
    "rain-a7f3, 1, 99, 30, REASON_ROUND_CLOSED",
    "rain-a7f3, 2, 99, 0, REASON_ROUND_NOT_OPEN",
    "rain-a7f3, 3, 99, 0, REASON_UNDECLARED_ROUND",
    "rain-a7f3, 0, 99, 0, REASON_UNDECLARED_ROUND",
    "rain-b, 1, 99, 0, REASON_UNDECLARED_ROUND",
    "always, 1, 99, 0, REASON_UNDECLARED_ROUND",
    "always, 0, 99, 0, ",
    "rain-a7f3, 100, 11, -3600, ",
    "rain-a7f3, 100, 99, -3600, REASON_NOT_ELIGIBLE",
    "rain-a7f3, 100, 99, -3601, REASON_ROUND_NOT_OPEN",
  })
  void round_isResolved(String scene, int rain, long user, long seconds, Reason reason) {
    Instant now = OPEN.plusSeconds(seconds);
    assertThat(reason(ROUNDS.resolve(ask(scene, rain, user, now), now)))
        .isEqualTo(Optional.ofNullable(reason));
  }

  @Test
  void child_followsFromTheRound() {
    AcceptRequest internal = resolved(ask("rain-a7f3", 100, 11, OPEN), OPEN.minusSeconds(3600));
    AcceptRequest official = resolved(ask("rain-a7f3", 1, 11, OPEN), OPEN);
    assertThat(internal.childActivityId()).isEqualTo("spring-demo-internal");
    assertThat(internal.orderNo().text()).isEqualTo("11_rain-a7f3_100_1_1");
    assertThat(official.childActivityId()).isEqualTo("spring-demo-official");
    assertThat(official.orderNo().text()).isEqualTo("11_rain-a7f3_1_1_3");
    assertThat(official.claimExpiry()).isEqualTo(OPEN.plusSeconds(30).plus(Duration.ofMinutes(10)));
    assertThat(official.options().main().amount()).isEqualTo(new Fen(88));
    assertThat(official.options().fallback().orElseThrow().rewardId()).isEqualTo("cash-small");
  }

  @Test
  void openTime_isTakenWithinHalfAMinute_andOneAmountForAllOfThem() {
    for (long skew : new long[] {-30, 0, 30}) {
      Instant openTime = OPEN.plusSeconds(skew);
      assertThat(resolved(ask("always", 0, 9, openTime), OPEN).refusal()).isEmpty();
    }
    for (long skew : new long[] {-31, 31}) {
      assertThat(reason(ROUNDS.resolve(ask("always", 0, 9, OPEN.plusSeconds(skew)), OPEN)))
          .contains(Reason.REASON_OPEN_TIME_SKEWED);
    }
    AcceptRequest early = resolved(ask("always", 0, 9, OPEN.minusSeconds(5)), OPEN);
    AcceptRequest late = resolved(ask("always", 0, 9, OPEN.plusSeconds(5)), OPEN);
    assertThat(early.options()).isEqualTo(late.options());
    assertThat(early.fingerprint()).isEqualTo(late.fingerprint());
  }

  @Test
  void sceneWithoutRounds_needsAnOpenTime() {
    Ask ask =
        new Ask(
            Lane.LANE_LIVE,
            new ActId(9),
            1,
            "spring-demo",
            new RoundId("always", 0),
            Optional.empty(),
            Fen.ZERO,
            Optional.empty());
    assertThat(reason(ROUNDS.resolve(ask, OPEN))).contains(Reason.REASON_INVALID_FIELD);
  }

  @Test
  void anotherAwardType_thanTheScenes_isRefused() {
    Ask ask =
        new Ask(
            Lane.LANE_LIVE,
            new ActId(9),
            1,
            "spring-demo",
            new RoundId("rain-a7f3", 1),
            Optional.of(AwardType.AWARD_TYPE_DRINK_COUPON),
            Fen.ZERO,
            Optional.empty());
    assertThat(reason(ROUNDS.resolve(ask, OPEN))).contains(Reason.REASON_AWARD_TYPE_MISMATCH);
  }

  @Test
  void callersAmount_isGiven_upToTheCap() {
    assertThat(resolved(ask("rain-a7f3", 1, 9, OPEN, 20_000), OPEN).options().main().amount())
        .isEqualTo(new Fen(20_000));
    assertThat(reason(ROUNDS.resolve(ask("rain-a7f3", 1, 9, OPEN, 20_001), OPEN)))
        .contains(Reason.REASON_OVER_AMOUNT_CAP);
  }

  @Test
  void sceneOverItsRate_isRefused_butNotForWhatIsRefusedAnyway() {
    String document =
        Documents.with(
            "settlement: TOKEN", "settlement: TOKEN\n        rate_limit: {per_second: 5}");
    CampaignIndex limited =
        new CampaignIndex(
            CampaignDocument.read(document).campaign().orElseThrow(), 1, new byte[16]);
    List<Integer> asked = new ArrayList<>();
    CampaignRounds full =
        new CampaignRounds(
            (_, _) -> new Campaigns.Known.InEffect(limited),
            (_, _, perSecond, _) -> {
              asked.add(perSecond);
              return false;
            });
    Resolution refused = full.resolve(ask("rain-a7f3", 1, 9, OPEN), OPEN);
    assertThat(reason(refused)).contains(Reason.REASON_SCENE_RATE);
    assertThat(((Resolution.Resolved) refused).request().refusal().orElseThrow().retryAfter())
        .contains(Duration.ofSeconds(1));
    assertThat(asked).containsExactly(5);

    Instant late = OPEN.plusSeconds(40);
    assertThat(reason(full.resolve(ask("rain-a7f3", 1, 9, late), late)))
        .contains(Reason.REASON_ROUND_CLOSED);
    assertThat(reason(full.resolve(ask("always", 0, 9, OPEN), OPEN))).isEmpty();
    assertThat(asked).hasSize(1);
  }

  @Test
  void unsureInstance_doesNotServe() {
    CampaignRounds stale = new CampaignRounds((_, _) -> new Campaigns.Known.Stale(), UNLIMITED);
    assertThat(reason(stale.resolve(ask("rain-a7f3", 1, 9, OPEN), OPEN)))
        .contains(Reason.REASON_NOT_SERVING);
    CampaignRounds none = new CampaignRounds((_, _) -> new Campaigns.Known.None(), UNLIMITED);
    assertThat(reason(none.resolve(ask("rain-a7f3", 1, 9, OPEN), OPEN)))
        .contains(Reason.REASON_UNKNOWN_ACTIVITY);
  }

  @Test
  void childOfNow_isTheNarrowestStageThatHasTheUser() {
    assertThat(INDEX.childOfNow(new ActId(11), OPEN).orElseThrow().id())
        .isEqualTo("spring-demo-internal");
    assertThat(INDEX.childOfNow(new ActId(99), OPEN).orElseThrow().id())
        .isEqualTo("spring-demo-official");
    assertThat(INDEX.childOfNow(new ActId(99), OPEN.plus(Duration.ofDays(8)))).isEmpty();
  }

  private static Ask ask(String scene, int rain, long user, Instant openTime) {
    return ask(scene, rain, user, openTime, 0);
  }

  private static Ask ask(String scene, int rain, long user, Instant openTime, long fen) {
    return new Ask(
        Lane.LANE_LIVE,
        new ActId(user),
        1,
        "spring-demo",
        new RoundId(scene, rain),
        Optional.of(AwardType.AWARD_TYPE_CASH_RED_PACKET),
        new Fen(fen),
        Optional.of(openTime));
  }

  private static AcceptRequest resolved(Ask ask, Instant now) {
    Resolution resolution = ROUNDS.resolve(ask, now);
    assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
    return ((Resolution.Resolved) resolution).request();
  }

  private static Optional<Reason> reason(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Unresolved(Refusal refusal) -> Optional.of(refusal.reason());
      case Resolution.Resolved(AcceptRequest request, String _) ->
          request.refusal().map(Refusal::reason);
    };
  }
}
