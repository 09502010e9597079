package dev.lantern.simulation.world;

import static dev.lantern.simulation.world.Mutation.ofProcesses;
import static dev.lantern.simulation.world.Mutation.ofServers;

import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.simulation.ledger.Careless;
import java.util.List;

/// Rules S1 to S6, taken away: booking once, what was promised, from the log it is in.
final class MutationsOfSettle {
  private MutationsOfSettle() {}

  static List<Mutation> all() {
    return List.of(
        ofProcesses(
            "S1",
            "the offset moves in a transaction of its own",
            parts -> parts.books = Careless.offsetApart(parts.books)),
        ofServers(
            "S1",
            "a former owner books wherever the partition stands now",
            parts -> parts.books = Careless.bookingForAnyone(parts.books, parts.tables)),
        ofServers(
            "S3",
            "orders are written over what is there",
            parts -> parts.books = Careless.overwriting(parts.tables)),
        ofProcesses(
            "S4",
            "what the ledger refuses is stepped over",
            parts -> parts.books = Careless.steppingOver(parts.books)),
        ofProcesses("S5", "tokens leave Redis before the commit", MutationsOfSettle::removedEarly),
        ofProcesses(
            "S6",
            "rows leave the inbox before they are booked",
            parts -> parts.books = Careless.drainingEarly(parts.books, parts.tables)),
        ofServers(
            "S6",
            "rows stay in the inbox when they are booked",
            parts -> parts.books = Careless.neverDraining(parts.tables)));
  }

  private static void removedEarly(Parts parts) {
    var fetches = parts.fetches;
    parts.fetches =
        (from, most) -> {
          var fetched = fetches.read(from, most);
          List<Promise> promises =
              fetched.records().values().stream()
                  .flatMap(List::stream)
                  .filter(LogRecord.Promised.class::isInstance)
                  .map(record -> ((LogRecord.Promised) record).promise())
                  .toList();
          parts.handled.removeHandled(promises);
          return fetched;
        };
  }
}
