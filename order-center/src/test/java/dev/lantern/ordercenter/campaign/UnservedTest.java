package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Refusal;
import dev.lantern.ordercenter.order.RoundId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Scenes that need what nothing acts on are refused; one test for each method of [Unserved], to go
/// with it.
final class UnservedTest {
  @Test
  void scene_thatNeedsNothingSpecial_isServed() {
    assertThat(refusal(Guide.document(), "daily", 0)).isEmpty();
  }

  @Test
  void things_areServed() {
    assertThat(refusal(Guide.document(), "tea", 0)).isEmpty();
  }

  @Test
  void settlement_inTheCall_isServed() {
    String direct = Guide.with("reward: luck\n", "reward: luck\n        settlement: DIRECT\n");
    assertThat(refusal(direct, "daily", 0)).isEmpty();
  }

  @Test
  void retryPolicy_isNotServed() {
    String retried =
        Guide.with(
            "compensation: {fallback: {message: \"Happy new year\"}}",
            "compensation: {retry: {max_tries: 9, first_backoff_s: 1, max_backoff_s: 60}}");
    assertThat(refusal(retried, "daily", 0)).contains(Reason.REASON_NOT_SERVING);
  }

  @Test
  void dailyCap_andRate_areServed() {
    assertThat(refusal(Guide.document(), "rain", 10)).isEmpty();
  }

  private static Optional<Reason> refusal(String document, String scene, int rain) {
    Campaign tree = CampaignDocument.read(document).campaign().orElseThrow();
    CampaignIndex index = new CampaignIndex(tree, 1, new byte[16]);
    Instant later = Instant.parse("2027-02-10T00:00:00Z");
    Offer offer = index.offer(new RoundId(scene, rain), later).orElseThrow();
    Instant now = offer.hasRounds() ? offer.opens() : later;
    return offer.refusal(new ActId(7), Fen.ZERO, now, now).map(Refusal::reason);
  }
}
