package dev.lantern.simulation.counting;

import dev.lantern.ordercenter.tally.AccountTotals;
import dev.lantern.sdk.counter.Journal;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What a process that counts or reads is put together from. The fields are there to be swapped.
final class ClientParts {
  CounterCalls calls;
  AccountTotals accounts;
  Consumer<JournalDisk> disk = _ -> {};
  UnaryOperator<Journal> journal = UnaryOperator.identity();

  /// @param calls over a wire
  /// @param accounts over a wire
  ClientParts(CounterCalls calls, AccountTotals accounts) {
    this.calls = calls;
    this.accounts = accounts;
  }
}
