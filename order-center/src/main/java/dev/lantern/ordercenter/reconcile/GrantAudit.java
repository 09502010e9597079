package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.grant.GrantId;
import dev.lantern.ordercenter.settle.GrantRow;
import java.time.Instant;
import java.util.List;

/// What the books say about grants. Each call is one read of the primary.
public interface GrantAudit {
  /// The instant up to which at most about `grants` grants of a downstream ended after `after`, all
  /// that ended in one instant together; `limit` when there are no more.
  Instant boundary(String downstream, Instant after, Instant limit, int grants);

  /// Those that ended after `after` and not after `until`.
  List<Recorded> ended(String downstream, Instant after, Instant until);

  /// Those whose orders wait for an operator, least recently due first.
  List<Recorded> parked(String downstream, int limit);

  /// These, as far as they are of the downstream.
  List<Recorded> of(String downstream, List<GrantId> ids);

  /// Orders of things accepted before `acceptedBefore` that wait for a vendor whom nobody asks, out
  /// of a stretch of the walk over all that wait.
  Stretch unasked(long afterUser, Instant acceptedBefore);

  /// A grant as the books have it.
  ///
  /// @param reference the vendor's name for what was given; empty unless it was
  record Recorded(GrantId id, GrantRow.State state, String reference, String activityId) {}

  /// A stretch of a walk by user.
  ///
  /// @param next where to go on; 0 when it has come to its end
  record Stretch(List<Found> found, long next) {}
}
