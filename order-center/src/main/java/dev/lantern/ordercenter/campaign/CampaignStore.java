package dev.lantern.ordercenter.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Keeps revisions, and what they claim for ever. Each call is one transaction, bounded by the
/// database's statement limit; throws [dev.lantern.stores.sql.StoreException].
public interface CampaignStore {
  /// What time it is by the store's clock: the one clock by which revisions take effect, so that
  /// instances whose own clocks differ change over together.
  Instant now();

  /// The newest revision's number of every activity.
  List<Head> heads();

  /// Revisions of an activity with a number above `after`, oldest first, at most `limit`.
  List<Revision> after(String activityId, long after, int limit);

  /// Revisions of an activity with a number below `before`, newest first, at most `limit`.
  List<Revision> before(String activityId, long before, int limit);

  Optional<Revision> find(String activityId, long number);

  Optional<Revision> newest(String activityId);

  Optional<Revision> byRequest(String requestId);

  /// What is taken of the ids this tree names.
  History history(Campaign campaign, Optional<Campaign> inForce);

  /// Adds a revision with its new scene ids, child ids and budgets and its line in `audit`, all or
  /// nothing; false when its number, its request id or one of the ids was taken meanwhile.
  ///
  /// @param inTime asked last, just before the commit: a transaction that took too long is rolled
  ///   back, because its revision could take effect before every instance has seen it
  /// @throws dev.lantern.stores.sql.StoreUnavailableException when it was not in time, too
  boolean add(Revision revision, Campaign campaign, BooleanSupplier inTime);

  /// The newest revision of an activity.
  record Head(String activityId, long number) {}
}
