package dev.lantern.ordercenter.reconcile;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The findings. What a pass writes is one transaction that begins with its leadership, so a
/// process that lost it neither opens nor closes anything.
public interface FindingStore {
  /// The most findings one call writes.
  int MOST = 500;

  /// Opens what is new or open no more, notes what is seen again, and puts an alarm for what was
  /// opened into the outbox, all or nothing. A resolved finding opens again only if its amount has
  /// changed.
  ///
  /// @throws LeadershipLost when it is not ours to write
  Recorded record(Leadership mine, List<Found> found, Instant now);

  /// Open findings of these classes, by their id.
  List<Finding> open(Set<Discrepancy> classes, long after, int limit);

  /// Closes findings that hold no longer.
  void clear(Leadership mine, Collection<Long> ids, String note, Instant now);

  /// Closes what is open of these classes and this scope and was not seen since `seenSince`: for a
  /// pass that has seen everything of them.
  void clearUnseen(
      Leadership mine, Set<Discrepancy> classes, String scope, Instant seenSince, Instant now);

  /// Findings with ids below `before`, newest first.
  List<Finding> list(Filter filter, long before, int limit);

  Optional<Finding> find(long id);

  /// Those after a place in the order of their changes, and of their ids within an instant.
  List<Finding> changedSince(Instant instant, long afterId, int limit);

  /// Resolves an open finding, and says so in the audit log.
  ///
  /// @return the finding as it stands now; empty when there is none
  Optional<Finding> resolve(long id, String actor, String requestId, String reason, Instant now);

  /// How many are open, and what is at stake.
  Map<Discrepancy, Open> openByClass();

  /// What a pass came to.
  record Recorded(int seen, int opened) {
    Recorded plus(Recorded other) {
      return new Recorded(seen + other.seen, opened + other.opened);
    }
  }

  record Open(long count, long fen) {}
}
