package dev.lantern.ordercenter.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Looks at the books for what contradicts itself. Every look is one statement: it sees one state
/// of the books, so what it finds was so, and nothing of it is an order under way.
interface BooksAudit {
  /// The most one look reports; the rest is found by the next, once these are seen to.
  int MOST = 1_000;

  /// The instant up to which at most about `orders` orders were booked after `after`, all that were
  /// booked in one instant together; `limit` when there are no more.
  Instant boundary(Instant after, Instant limit, int orders);

  /// How many orders were booked in it.
  long count(Range.Booked range);

  /// What of these orders and their users' postings and balances does not agree.
  List<Found> orders(Range range);

  /// Which of these orders are in the books now, whatever became of them; 1 to 500.
  Set<OrderKey> known(List<OrderKey> orders);

  /// Leases that count other than their orders' units, among `atMost` after `after`.
  LeasePage leases(long after, long sinceId, int atMost);

  /// The same of these leases.
  List<Found> leases(List<Long> ids);

  /// Budgets whose figures do not add up.
  List<Found> budgets();

  /// Conflicts that are not resolved, and orders parked that were accepted before `parkedBefore`.
  List<Found> setAside(Instant parkedBefore);

  /// Inbox rows older than that.
  List<Found> inbox(Instant before);

  /// A stretch of the walk over leases.
  ///
  /// @param next where to go on; 0 when there are no more
  record LeasePage(List<Found> found, long next) {}
}
