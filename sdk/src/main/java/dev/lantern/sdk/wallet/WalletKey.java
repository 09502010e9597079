package dev.lantern.sdk.wallet;

import java.util.Objects;

/// Whose wallet: one user's money in one child activity, in one lane (law APART).
///
/// @param lane the lane's number, as `lantern.common.v1.Lane` has it
/// @param childActivityId the child, never the parent: stages are children of one parent, and their
///   money must not mix
public record WalletKey(int lane, long actId, String childActivityId) {
  public WalletKey {
    if (lane <= 0) {
      throw new IllegalArgumentException("a wallet has a lane");
    }
    if (actId <= 0) {
      throw new IllegalArgumentException("act_id is positive");
    }
    Objects.requireNonNull(childActivityId);
    if (childActivityId.isEmpty()) {
      throw new IllegalArgumentException("a wallet belongs to a child activity");
    }
  }
}
