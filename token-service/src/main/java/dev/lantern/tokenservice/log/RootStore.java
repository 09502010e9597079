package dev.lantern.tokenservice.log;

import dev.lantern.token.v1.SignedRoot;
import dev.lantern.tokenservice.keys.KeyLane;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where the log is kept. Every call ends within the store's own deadline, by a
/// [dev.lantern.stores.sql.StoreException] if need be.
public interface RootStore {
  /// The most rows of one [#append].
  int MOST_ROWS = 256;

  /// The last row of a chain.
  Optional<SignedRoot> head(String chain);

  /// Puts all of these rows, linked to each other, at the end of their chain, or none: false when
  /// one of their places is taken.
  ///
  /// @throws dev.lantern.stores.sql.OutcomeUnknownException when they may be there
  boolean append(KeyLane lane, List<SignedRoot> rows);

  /// Those of these roots that the log holds.
  Set<Root> held(KeyLane lane, Collection<Root> roots);

  /// The rows of a lane in the order of chain and sequence, after that place; at most so many.
  List<SignedRoot> after(KeyLane lane, Place place, int most);

  /// How many tokens were signed in this lane: the sum of the chains' totals.
  long signed(KeyLane lane);

  /// When the lane's first root was signed.
  Optional<Instant> begin(KeyLane lane);

  /// A place in the log of a lane; chain empty: before everything.
  record Place(String chain, long sequence) {}

  /// A root and the key that signed it.
  record Root(String keyId, com.google.protobuf.ByteString hash) {}
}
