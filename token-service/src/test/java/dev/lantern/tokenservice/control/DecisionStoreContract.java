package dev.lantern.tokenservice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.KeySet.Epoch;
import dev.lantern.tokenservice.keys.KeyLane;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What every store of decisions does.
public abstract class DecisionStoreContract {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00.123456Z");

  abstract DecisionStore store();

  @Test
  void revokedKey_staysRevoked_howeverOftenItIsAskedFor() {
    store().revokeKey("reward-live-11111111", decision("k1"));
    store().revokeKey("reward-live-11111111", decision("k2"));

    assertThat(store().all().revokedKeys()).contains("reward-live-11111111");
  }

  @Test
  void revokedEpoch_ofARequestRepeated_isTheFirst() {
    var first = new Epoch(Lane.LANE_LIVE, "spring", "rain", 2, NOW);
    var again = new Epoch(Lane.LANE_LIVE, "spring", "rain", 2, NOW.plusSeconds(60));

    assertThat(store().epoch("e1")).isEmpty();
    assertThat(store().revokeEpoch(first, decision("e1"))).isEqualTo(first);
    assertThat(store().epoch("e1")).contains(first);
    assertThat(store().revokeEpoch(again, decision("e1"))).isEqualTo(first);
    assertThat(store().all().epochs()).contains(first).doesNotContain(again);
  }

  @Test
  void halt_tellsWhatWas() {
    assertThat(store().setHalted(KeyLane.STRESS, true, decision(""))).isFalse();
    assertThat(store().setHalted(KeyLane.STRESS, true, decision(""))).isTrue();
    assertThat(store().all().halted()).containsExactly(KeyLane.STRESS);
    assertThat(store().setHalted(KeyLane.STRESS, false, decision(""))).isTrue();
    assertThat(store().all().halted()).isEmpty();
  }

  private static Decision decision(String requestId) {
    return new Decision(requestId, "operator", "a test", NOW);
  }
}
