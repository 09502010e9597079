package dev.lantern.ordercenter.campaign;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.order.Fen;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/// A place in a child activity where a reward can be had: a red-packet rain with its rounds, or,
/// without rounds, one as long as the child is open.
///
/// @param singleAmountCap the most that one order may be worth; zero for a scene that gives no
///   money
/// @param dailyCap the most money that one person gets in a day over the parent activity; zero:
///   none
/// @param ratePerSecond how many orders a second the scene takes, over all instances; empty: no
///   limit of its own
public record Scene(
    String id,
    AwardType awardType,
    String rewardId,
    String billText,
    Fen singleAmountCap,
    Fen dailyCap,
    OptionalInt ratePerSecond,
    Compensation compensation,
    Settlement settlement,
    boolean reconciled,
    List<Round> rounds) {
  public Scene {
    rounds = List.copyOf(rounds);
  }

  /// When an accepted order is booked.
  public enum Settlement {
    /// Later, from the accept log; until then a signed token stands for it.
    TOKEN,
    /// Within the call that accepts it.
    DIRECT
  }

  /// One rain, from `opens` until before `closes`.
  public record Round(int rainId, Instant opens, Instant closes) {}
}
