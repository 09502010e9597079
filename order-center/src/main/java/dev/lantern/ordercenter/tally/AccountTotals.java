package dev.lantern.ordercenter.tally;

import java.util.List;

/// Reads `platform_accounts`: one statement, bounded by the database's limits.
@FunctionalInterface
public interface AccountTotals {
  List<AccountTotal> read();
}
