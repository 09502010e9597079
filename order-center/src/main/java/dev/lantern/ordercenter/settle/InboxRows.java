package dev.lantern.ordercenter.settle;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Table `inbox`, as who drains it reads it. One bounded statement a call; throws
/// [dev.lantern.stores.sql.StoreException].
@FunctionalInterface
public interface InboxRows {
  /// The oldest rows of these partitions, at most `limit` of each.
  Map<Integer, List<InboxRow>> oldest(Collection<Integer> partitions, int limit);
}
