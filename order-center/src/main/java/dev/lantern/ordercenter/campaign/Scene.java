package dev.lantern.ordercenter.campaign;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.order.Fen;
import java.time.Instant;
import java.util.List;

/// A place in a child activity where a reward can be had: a red-packet rain with its rounds, or,
/// without rounds, one as long as the child is open.
public record Scene(
    String id,
    AwardType awardType,
    String rewardId,
    String billText,
    Fen singleAmountCap,
    Compensation compensation,
    boolean reconciled,
    List<Round> rounds) {
  public Scene {
    rounds = List.copyOf(rounds);
  }

  /// One rain, from `opens` until before `closes`.
  public record Round(int rainId, Instant opens, Instant closes) {}
}
