package dev.lantern.tokenservice.control;

import dev.lantern.sdk.token.KeySet.Epoch;
import dev.lantern.tokenservice.keys.KeyLane;
import java.util.Optional;

/// Keeps decisions. Every call ends within the store's own deadline, by a
/// [dev.lantern.stores.sql.StoreException] if need be, and may be repeated.
public interface DecisionStore {
  Decisions all();

  /// Revokes a key, if it is not revoked.
  void revokeKey(String keyId, Decision decision);

  /// The epoch that this request has ended, if it has.
  Optional<Epoch> epoch(String requestId);

  /// Ends an epoch; the one that this request ended before, if it did.
  Epoch revokeEpoch(Epoch epoch, Decision decision);

  /// Halts a lane or lets it go on; whether it was halted.
  boolean setHalted(KeyLane lane, boolean halted, Decision decision);
}
