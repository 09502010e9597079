package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.campaign.v1.ResolveStageRequest;
import dev.lantern.campaign.v1.ResolveStageResponse;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.campaign.Campaigns.Known;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.runtime.errors.Refused;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which child a user gets, of a round and of now.
final class StageQueryTest {
  private static final CampaignIndex INDEX = new CampaignIndex(Guide.tree(), 4, new byte[16]);
  private static final long INTERNAL = 1001;
  private static final long IN_COHORT = userOfGrey(true);
  private static final long OUTSIDE = userOfGrey(false);

  /// who, when, scene, round, child or reason
  @ParameterizedTest
  @CsvSource({
    "internal, 2027-01-30T00:00:00Z, rain, 1, spring-2027-internal",
    "cohort, 2027-01-30T00:00:00Z, rain, 1, NOT_ELIGIBLE",
    "cohort, 2027-01-30T00:00:00Z, rain, 2, spring-2027-grey",
    "outside, 2027-01-30T00:00:00Z, rain, 2, NOT_ELIGIBLE",
    "outside, 2027-01-30T00:00:00Z, rain, 10, spring-2027-official",
    "outside, 2027-01-30T00:00:00Z, rain, 3, UNDECLARED_ROUND",
    "cohort, 2027-02-04T23:59:59Z, daily, 0, spring-2027-grey",
    "outside, 2027-02-04T23:59:59Z, daily, 0, NOT_ELIGIBLE",
    "outside, 2027-02-05T00:00:00Z, daily, 0, spring-2027-official",
    "internal, 2027-02-04T23:59:59Z, , 0, spring-2027-internal",
    "cohort, 2027-01-30T00:00:00Z, , 0, NOT_ELIGIBLE",
    "cohort, 2027-02-04T23:59:59Z, , 0, spring-2027-grey",
    "outside, 2027-02-04T23:59:59Z, , 0, NOT_ELIGIBLE",
    "internal, 2027-02-05T00:00:00Z, , 0, spring-2027-official",
    "outside, 2027-02-20T00:00:00Z, , 0, NOT_ELIGIBLE",
  })
  void user_getsTheChild(String who, Instant now, String scene, int rain, String expected) {
    ResolveStageRequest.Builder request =
        ResolveStageRequest.newBuilder()
            .setActivityId("spring-2027")
            .setActId(
                who.equals("internal") ? INTERNAL : who.equals("cohort") ? IN_COHORT : OUTSIDE)
            .setRainId(rain);
    if (scene != null) {
      request.setSceneId(scene);
    }
    StageQuery query = new StageQuery((_, _) -> new Known.InEffect(INDEX), () -> now);
    if (expected.startsWith("spring")) {
      ResolveStageResponse response = query.resolve(request.build());
      assertThat(response.getChildActivityId()).isEqualTo(expected);
      assertThat(response.getRevision()).isEqualTo(4);
      assertThat(response.getStage())
          .isEqualTo(Stage.valueOf("STAGE_" + expected.substring(12).toUpperCase(Locale.ROOT)));
    } else {
      assertThat(reason(query, request.build())).isEqualTo(Reason.valueOf("REASON_" + expected));
    }
  }

  @Test
  void unsureInstance_says() {
    ResolveStageRequest request = ResolveStageRequest.newBuilder().setActId(1).build();
    assertThat(reason(new StageQuery((_, _) -> new Known.Stale(), () -> Guide.BEFORE), request))
        .isEqualTo(Reason.REASON_NOT_SERVING);
    assertThat(reason(new StageQuery((_, _) -> new Known.None(), () -> Guide.BEFORE), request))
        .isEqualTo(Reason.REASON_UNKNOWN_ACTIVITY);
  }

  private static Reason reason(StageQuery query, ResolveStageRequest request) {
    return catchThrowableOfType(Refused.class, () -> query.resolve(request)).reason();
  }

  private static long userOfGrey(boolean inCohort) {
    Child grey = Guide.tree().child("spring-2027-grey").orElseThrow();
    return LongStream.range(1, 1_000)
        .filter(user -> grey.audience().includes(new ActId(user), grey.id()) == inCohort)
        .findFirst()
        .orElseThrow();
  }
}
