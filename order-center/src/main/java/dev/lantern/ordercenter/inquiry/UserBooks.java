package dev.lantern.ordercenter.inquiry;

import dev.lantern.ordercenter.settle.Purse;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// What the ledger has of a user's money, child by child. One bounded statement each; throws
/// [dev.lantern.stores.sql.StoreException].
public interface UserBooks {
  /// In the order of children and purses.
  List<Standing> balances(long actId, Collection<String> childActivityIds);

  /// In the order of their ids, those above `after` alone.
  List<Moved> postings(long actId, String childActivityId, String after, int limit);

  /// A row of `balances`.
  record Standing(
      String childActivityId, Purse purse, long bookedFen, long heldFen, long incomeFen) {}

  /// A row of `postings`.
  record Moved(
      String postingId,
      String childActivityId,
      Purse purse,
      String debitAccount,
      String creditAccount,
      long amountFen,
      String orderNo,
      Instant postedAt) {}
}
