package dev.lantern.simulation.world;

import static dev.lantern.simulation.world.Mutation.ofProcesses;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.budget.LeaseStore;
import dev.lantern.ordercenter.budget.LeasesByLog;
import dev.lantern.ordercenter.order.Claim;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.OrderReader;
import dev.lantern.ordercenter.order.Promises;
import dev.lantern.ordercenter.queue.AcceptLog;
import dev.lantern.ordercenter.queue.AppendUnknownException;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Books;
import dev.lantern.ordercenter.settle.KnownOrder;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.weak.GapStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Rules A1 to A5, taken away: what accepting looks at, writes and waits for.
final class MutationsOfAccept {
  private MutationsOfAccept() {}

  static List<Mutation> all() {
    return List.of(
        ofProcesses(
            "A1",
            "the ledger is not looked at before refusing or taking",
            parts -> parts.orders = _ -> new OrderReader.Found.Nothing()),
        ofProcesses("A2", "the claim is not written", MutationsOfAccept::claimUnwritten),
        ofProcesses(
            "A2", "the own lease is not added to the claim", MutationsOfAccept::leaseUnwritten),
        ofProcesses(
            "A2",
            "a claim is replaced before its leases are closed",
            parts ->
                parts.leases =
                    Swap.method(LeaseStore.class, parts.leases, "allClosed", (_, _) -> true)),
        ofProcesses("A3", "records go to whatever log is newest", MutationsOfAccept::newestLog),
        ofProcesses(
            "A4",
            "answered without the append's acknowledgement",
            MutationsOfAccept::unheardAppend),
        ofProcesses(
            "A4",
            "answered after the lease's deadline",
            parts ->
                parts.ownLeases =
                    leases -> Swap.method(LeasesByLog.class, leases, "mayAnswer", (_, _) -> true)),
        ofProcesses(
            "A4",
            "answered without the token in Redis",
            parts ->
                parts.promises =
                    Swap.method(Promises.class, parts.promises, "keep", (args, _) -> args[2])),
        ofProcesses(
            "A1",
            "the inbox is not looked at",
            parts -> {
              OrderReader orders = parts.orders;
              parts.orders = number -> withoutInbox(orders.find(number));
            }),
        ofProcesses(
            "A4",
            "orders are accepted without claims before everyone knows",
            parts ->
                parts.gaps =
                    Swap.method(
                        GapStore.class, parts.gaps, "lastMark", (_, _) -> Optional.empty())),
        ofProcesses(
            "A5", "a second, better or other promise has no effect", MutationsOfAccept::covered));
  }

  private static OrderReader.Found withoutInbox(OrderReader.Found found) {
    return found instanceof OrderReader.Found.Waiting ? new OrderReader.Found.Nothing() : found;
  }

  private static void claimUnwritten(Parts parts) {
    parts.promises =
        Swap.method(
            Promises.class,
            parts.promises,
            "claim",
            (args, _) -> {
              Claim mine = (Claim) args[2];
              return new Claim.Seen(mine, ByteString.copyFromUtf8(mine.opId()));
            });
  }

  private static void leaseUnwritten(Parts parts) {
    parts.promises =
        Swap.method(
            Promises.class,
            parts.promises,
            "replace",
            (args, real) -> {
              Claim.Seen seen = (Claim.Seen) args[2];
              Claim by = (Claim) args[3];
              boolean sameIntent = seen.claim().leases().size() < by.leases().size();
              return sameIntent
                  ? Optional.of(new Claim.Seen(by, ByteString.copyFromUtf8(by.opId())))
                  : real.get();
            });
  }

  private static void newestLog(Parts parts) {
    AcceptLog log = parts.log;
    parts.log =
        (name, order) -> {
          var newest = parts.tables.logs().getLast();
          return log.append(newest, order);
        };
  }

  private static void unheardAppend(Parts parts) {
    AcceptLog log = parts.log;
    parts.log =
        (name, order) -> {
          try {
            return log.append(name, order);
          } catch (AppendUnknownException unheard) {
            return new AcceptLog.Appended(0, 0);
          }
        };
  }

  private static void covered(Parts parts) {
    parts.books =
        Swap.method(
            BookingStore.class,
            parts.books,
            "lookUp",
            (args, real) -> {
              Books books = (Books) real.get();
              Map<String, KnownOrder> covering = new HashMap<>();
              for (Object record : (Collection<?>) args[0]) {
                if (record instanceof LogRecord.Promised(_, Promise promise, _)
                    && books != null
                    && books.orders().containsKey(promise.orderNo().text())) {
                  covering.put(
                      promise.orderNo().text(),
                      new KnownOrder(promise.fingerprint().sha256(), Fen.of(Long.MAX_VALUE)));
                }
              }
              return new Books(covering, Set.of());
            });
  }
}
