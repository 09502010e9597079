package dev.lantern.ordercenter.parked;

import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The ledger's side of what is set aside. Each call is one statement or one transaction, bounded
/// by the database's limits; throws [dev.lantern.stores.sql.StoreException].
public interface ParkedStore {
  /// What matches, in the order of keys, above `after`, at most `limit`.
  ///
  /// @param kind empty: all kinds
  List<ParkedItem> list(
      ParkedQuery query, Optional<ParkedItem.Kind> kind, ParkedItem.Key after, int limit);

  /// What matches, counted and summed by reason.
  List<ParkedItem.Total> totals(ParkedQuery query, Optional<ParkedItem.Kind> kind);

  /// What was answered to this request before.
  Optional<Answer> earlier(OperatorRequest request);

  /// PARKED → RETRYING for one order; answers how many that was.
  Answer resume(OperatorRequest request, long actId, String orderNo, Instant now);

  /// The same for what matches, at most `limit` orders.
  Answer resume(OperatorRequest request, ParkedQuery query, int limit, Instant now);

  /// How many orders could be resumed.
  long resumable(ParkedQuery query);

  /// An order that is set aside; empty when there is none, or it is not (any more).
  Optional<Discardable> order(long actId, String orderNo);

  /// A conflict nobody has decided about.
  Optional<OpenConflict> conflict(long actId, String orderNo, String conflictId);

  /// Ends an order or a conflict without effect and returns its unit, all or nothing; answers how
  /// much came back, and how much stays spent because a downstream may have given it.
  Ended discard(OperatorRequest request, Discardable what, Instant now);

  /// Books a conflict as an entry of its own; answers how much was paid.
  ///
  /// @param chargedLease where no lease has counted its unit: one that counts it now; else 0
  Ended pay(OperatorRequest request, OpenConflict conflict, long chargedLease, Instant now);

  /// How ending something ended.
  sealed interface Ended {
    record Done(Answer answer) implements Ended {}

    /// The row had changed: somebody else has decided.
    record Changed() implements Ended {}

    /// The lease to be charged is closed.
    record Fenced() implements Ended {}
  }
}
