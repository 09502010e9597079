package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.tally.AccountTotal;
import dev.lantern.ordercenter.tally.AccountTotals;
import java.util.List;

/// [AccountTotals] over [Tables].
public final class SimAccountTotals implements AccountTotals {
  private final Tables tables;

  public SimAccountTotals(Tables tables) {
    this.tables = tables;
  }

  @Override
  public List<AccountTotal> read() {
    return tables.accounts.values().stream()
        .map(account ->
            new AccountTotal(
                account.name,
                account.partition,
                account.parent,
                account.fen,
                account.entries,
                account.seq))
        .toList();
  }
}
