package dev.lantern.simulation.world;

import static dev.lantern.simulation.world.Mutation.ofProcesses;
import static dev.lantern.simulation.world.Mutation.ofServers;

import dev.lantern.ordercenter.tally.Counters;
import dev.lantern.sdk.wallet.Ledger;
import dev.lantern.simulation.ledger.Careless;
import java.util.List;

/// Rules W1, W2 and C1, taken away: what is shown to users.
final class MutationsOfWallet {
  private MutationsOfWallet() {}

  static List<Mutation> all() {
    return List.of(
        ofProcesses("W1", "the ledger is read first, then Redis", MutationsOfWallet::ledgerFirst),
        ofServers(
            "W2",
            "an epoch is believed on whatever server",
            parts -> parts.redis.believeEveryServer()),
        ofProcesses(
            "W2",
            "an epoch stays settled after a claim gap",
            parts ->
                parts.wallets =
                    Swap.method(
                        Ledger.class,
                        parts.wallets,
                        "read",
                        (args, _) ->
                            Careless.blindToGaps(parts.tables).read((Ledger.Question) args[0]))),
        ofProcesses("W2", "a young epoch counts as settled", MutationsOfWallet::settledAtOnce),
        ofProcesses("C1", "a report is added, not set", MutationsOfWallet::addedReports));
  }

  private static void addedReports(Parts parts) {
    Counters counters = parts.counters;
    int[] reports = new int[1];
    parts.counters =
        totals ->
            counters.report(
                totals.stream()
                    .map(total ->
                        total.toBuilder().setWriter(total.getWriter() + "#" + ++reports[0]).build())
                    .toList());
  }

  private static void ledgerFirst(Parts parts) {
    Ledger[] earlier = new Ledger[1];
    var maps = parts.maps;
    Ledger wallets = parts.wallets;
    parts.maps =
        key -> {
          earlier[0] = Careless.asOfNow(parts.tables);
          return maps.read(key);
        };
    parts.wallets =
        question -> {
          var _ = wallets.read(question);
          return earlier[0].read(question);
        };
  }

  private static void settledAtOnce(Parts parts) {
    Ledger wallets = parts.wallets;
    parts.epochs = _ -> true;
    parts.wallets =
        question -> {
          Ledger.Books books = wallets.read(question);
          return new Ledger.Books(
              true, books.handled(), books.inbox(), books.booked(), books.waiting(), books.flows());
        };
  }
}
