package dev.lantern.ordercenter.play;

import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.RoundId;

/// Which users a drop switch turns away: the same ones at every call of a round, others in another
/// round, and, as the switch rises, those of before and more.
final class GrabDrop {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int ALL = 10_000;

  private GrabDrop() {}

  static boolean drops(int perTenThousand, ActId user, RoundId round) {
    if (perTenThousand <= 0) {
      return false;
    }
    long seed = ((long) round.sceneId().hashCode() << 32) ^ round.rainId();
    long mixed = (user.value() ^ seed) * GOLDEN;
    mixed = (mixed ^ (mixed >>> 32)) * GOLDEN;
    return Math.unsignedMultiplyHigh(mixed, ALL) < perTenThousand;
  }
}
