package dev.lantern.sdk.wallet;

import java.util.List;

/// What Redis A answered about one user's tokens.
public sealed interface TokenMap {

  /// A map and the epoch it was read under, both from one script on one server. Whether the map is
  /// whole is for the ledger to say: only an epoch that is settled there counts (W2).
  record Read(String epochId, List<Promise> promises) implements TokenMap {
    public Read {
      if (epochId.isEmpty()) {
        throw new IllegalArgumentException("an epoch has an id");
      }
      promises = List.copyOf(promises);
    }
  }

  /// No map that could be trusted.
  record Unusable(Why why) implements TokenMap {}

  /// Why a map cannot be used.
  enum Why {
    /// Redis did not answer in time.
    UNREACHABLE,
    /// The bucket has no epoch that was set in this life of this server: it lost what it held, was
    /// promoted, or is new.
    NO_EPOCH,
    /// An entry that cannot be read, or more entries than a user can have.
    UNREADABLE
  }
}
