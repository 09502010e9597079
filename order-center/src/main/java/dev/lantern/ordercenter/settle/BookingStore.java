package dev.lantern.ordercenter.settle;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The books, as settlement writes them. Each call is at most one transaction on one database,
/// bounded by the database's statement and lock limits; when the database cannot do it now the call
/// throws `StoreUnavailableException` and nothing was committed.
public interface BookingStore {
  /// What the books say of these order numbers.
  ///
  /// @param records at most 1,000
  Books lookUp(Collection<? extends LogRecord> records);

  /// Commits a group: its offset's step first, then its effects, then the inbox rows it came from
  /// are deleted, all or nothing.
  Result commit(Advance advance, Effects effects);

  /// Commits effects that come from no log record: a forced token. No offset moves.
  Result commit(Effects effects);

  /// Which of these leases may not be booked on in this partition: fenced there, or unknown. A
  /// lease named here stays so for ever.
  Set<Long> fenced(int partition, Collection<Long> leases);

  /// RETRYING rows that are due, oldest first.
  List<SetAsideOrder> due(Instant now, int limit);

  /// Books an order that was set aside, its unit being counted: one conditional update of its row
  /// and its postings.
  ///
  /// @return [Result.Done], [Result.NotMine] when the row had changed, or what hindered it
  Result resume(SetAsideOrder order, Instant now);

  /// Puts an order off, or parks it when `nextAt` is null; false when the row had changed.
  boolean putOff(SetAsideOrder order, SetAside setAside);

  /// How a transaction ended.
  sealed interface Result {
    /// Committed.
    record Done() implements Result {}

    /// Rolled back: the offset's row does not have this epoch and `from` (any more).
    record NotMine() implements Result {}

    /// Rolled back: a row with one of these keys is there already.
    record AlreadyThere() implements Result {}

    /// Rolled back: a lease of the group is fenced here, or unknown.
    record Fenced() implements Result {}

    /// Rolled back: the database refuses a value of the group for good.
    record Refused(String why) implements Result {}

    /// The commit was sent and its reply lost: it may have happened.
    record Unknown() implements Result {}
  }
}
