package dev.lantern.ordercenter.reconcile;

import java.time.Instant;

/// How many orders with a token are booked. Each call is one short transaction.
public interface TokenCounts {
  /// How far they have been counted, for good; made at this instant if never.
  Counted counted(Instant since);

  /// Those booked after one instant, until another, and accepted after `since`; at most `most`.
  long booked(Instant after, Instant until, Instant since, long most);

  /// Moves on.
  ///
  /// @throws LeadershipLost when it is another's to move
  void advance(Leadership mine, Counted from, Counted to);

  /// So many until then.
  record Counted(Instant until, long orders) {}
}
