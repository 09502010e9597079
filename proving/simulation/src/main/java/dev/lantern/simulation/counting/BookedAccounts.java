package dev.lantern.simulation.counting;

import dev.lantern.ordercenter.tally.AccountTotal;
import dev.lantern.ordercenter.tally.AccountTotals;
import java.util.ArrayList;
import java.util.List;

/// What the ledger says was given, raised with each booking: the totals that order-center's tally
/// tells.
final class BookedAccounts implements AccountTotals {
  private static final int PARTITIONS = 2;
  private static final String PARENT = "kept";
  private static final long EPOCH = 1;

  private final long[] entries = new long[PARTITIONS];
  private final long[] fen = new long[PARTITIONS];
  private final List<CountTally.Part> ofEntries = new ArrayList<>();
  private final List<CountTally.Part> ofFen = new ArrayList<>();
  private long seq;

  BookedAccounts(CountTally tally) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      String writer = "settle:" + account() + ":" + partition;
      ofEntries.add(tally.begins(CountLaw.OPENED, writer, EPOCH));
      ofFen.add(tally.begins(CountLaw.FEN, writer, EPOCH));
    }
  }

  /// A booking.
  void book(int partition, long amountFen) {
    seq++;
    entries[partition]++;
    fen[partition] += amountFen;
    ofEntries.get(partition).add(1);
    ofFen.get(partition).add(amountFen);
  }

  static int partitions() {
    return PARTITIONS;
  }

  @Override
  public List<AccountTotal> read() {
    List<AccountTotal> totals = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      totals.add(
          new AccountTotal(account(), partition, PARENT, fen[partition], entries[partition], seq));
    }
    return totals;
  }

  private static String account() {
    return "cost:kept-child";
  }
}
