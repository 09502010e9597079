package dev.lantern.tokenservice.control;

import dev.lantern.sdk.token.KeySet.Epoch;
import dev.lantern.tokenservice.keys.KeyLane;
import java.util.List;
import java.util.Set;

/// All that was decided until now.
///
/// @param revokedKeys their ids
/// @param halted lanes whose rewards are not signed
public record Decisions(Set<String> revokedKeys, List<Epoch> epochs, Set<KeyLane> halted) {
  public static final Decisions NONE = new Decisions(Set.of(), List.of(), Set.of());

  public Decisions {
    revokedKeys = Set.copyOf(revokedKeys);
    epochs = List.copyOf(epochs);
    halted = Set.copyOf(halted);
  }
}
