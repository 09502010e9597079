package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.order.v1.AwardType;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FingerprintTest {
  private static final AwardType CASH = AwardType.AWARD_TYPE_CASH_RED_PACKET;

  @Test
  void every_fieldCounts_andNoTwoFieldsRunTogether() {
    Set<Fingerprint> all = new HashSet<>();
    all.add(of(1, "ab", "c", 1, CASH, 0));
    all.add(of(2, "ab", "c", 1, CASH, 0));
    all.add(of(1, "a", "bc", 1, CASH, 0));
    all.add(of(1, "ab", "d", 1, CASH, 0));
    all.add(of(1, "ab", "c", 2, CASH, 0));
    all.add(of(1, "ab", "c", 1, AwardType.AWARD_TYPE_DRINK_COUPON, 0));
    all.add(of(1, "ab", "c", 1, CASH, 1));
    assertThat(all).hasSize(7);
    assertThat(of(1, "ab", "c", 1, CASH, 0)).isEqualTo(of(1, "ab", "c", 1, CASH, 0));
  }

  @Test
  void outcomes_ofDifferentWorth_haveDifferentDigests() {
    assertThat(AcceptWorld.MAIN.digest()).isNotEqualTo(AcceptWorld.SMALL.digest());
    assertThat(AcceptWorld.MAIN.worthMoreThan(AcceptWorld.SMALL)).isTrue();
    assertThat(AcceptWorld.MAIN.worthMoreThan(AcceptWorld.MAIN)).isFalse();
    assertThat(Outcome.of(AcceptWorld.SMALL.toProto())).isEqualTo(AcceptWorld.SMALL);
    assertThat(Outcome.of(AcceptWorld.MESSAGE.toProto())).isEqualTo(AcceptWorld.MESSAGE);
  }

  private static Fingerprint of(
      long user, String child, String scene, int rain, AwardType type, long fen) {
    return Fingerprint.of(new ActId(user), child, new RoundId(scene, rain), type, new Fen(fen));
  }
}
