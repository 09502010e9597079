package dev.lantern.simulation.world;

import static dev.lantern.simulation.world.Mutation.ofProcesses;
import static dev.lantern.simulation.world.Mutation.ofServers;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.budget.LeaseStore;
import dev.lantern.ordercenter.budget.LeaseStore.Granting;
import dev.lantern.ordercenter.budget.LeasesByLog;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.closing.LeaseClosingStore;
import dev.lantern.ordercenter.closing.UnclosedLease;
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
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.ordercenter.tally.Counters;
import dev.lantern.ordercenter.weak.GapStore;
import dev.lantern.sdk.wallet.Ledger;
import dev.lantern.simulation.kernel.LifeClock;
import dev.lantern.simulation.ledger.Careless;
import dev.lantern.stores.sql.OutcomeUnknownException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// One or more mutations for every numbered rule that is in the code and in the simulation.
public final class Mutations {
  private static final Duration NO_WAIT = Duration.ofSeconds(-1);

  private Mutations() {}

  public static List<Mutation> all() {
    return List.of(
        ofProcesses(
            "A1",
            "the ledger is not looked at before refusing or taking",
            parts -> parts.orders = _ -> new OrderReader.Found.Nothing()),
        ofProcesses("A2", "the claim is not written", Mutations::claimUnwritten),
        ofProcesses("A2", "the own lease is not added to the claim", Mutations::leaseUnwritten),
        ofProcesses(
            "A2",
            "a claim is replaced before its leases are closed",
            parts ->
                parts.leases =
                    Swap.method(LeaseStore.class, parts.leases, "allClosed", (_, _) -> true)),
        ofProcesses("A3", "records go to whatever log is newest", Mutations::newestLog),
        ofProcesses(
            "A4", "answered without the append's acknowledgement", Mutations::unheardAppend),
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
        ofProcesses("A5", "a second, better or other promise has no effect", Mutations::covered),
        ofServers(
            "L1",
            "a grant does not take from what is free",
            parts -> parts.leases = Careless.grantingWithoutTaking(parts.leases, parts.tables)),
        ofProcesses("L1", "a grant whose reply was lost is spent", Mutations::spentInDoubt),
        ofProcesses(
            "L2",
            "a heartbeat finds every lease open",
            parts ->
                parts.leases =
                    Swap.method(
                        LeaseStore.class,
                        parts.leases,
                        "heartbeat",
                        (args, real) -> {
                          var _ = real.get();
                          return new HashSet<>((Collection<?>) args[1]);
                        })),
        ofProcesses(
            "L2",
            "time is what the monotonic clock says alone",
            parts ->
                parts.clock =
                    clock ->
                        () -> {
                          long nanos = clock.now().monotonicNanos();
                          return new Moment(nanos, LifeClock.BEGIN.plusNanos(nanos));
                        }),
        ofServers(
            "L3",
            "the rest of a lease returns as often as it is sent",
            parts -> parts.leases = Careless.returningAgain(parts.leases, parts.tables)),
        ofProcesses("L3", "a unit is put back after an unknown append", Mutations::putBack),
        ofServers(
            "L3",
            "a discard returns its unit without a release row",
            parts -> parts.parked = Careless.releasingUnnoted(parts.tables)),
        ofServers(
            "L3",
            "a release is applied as often as the discard is sent",
            parts -> parts.parked = Careless.releasingAgain(parts.tables)),
        ofProcesses("L4", "the closer does not wait", Mutations::impatientCloser),
        ofServers(
            "L4",
            "a lease is fenced wherever the partition stands",
            parts -> parts.closing = Careless.fencingAnywhere(parts.closing, parts.tables)),
        ofServers(
            "L4",
            "a lease is fenced over rows of the inbox",
            parts -> parts.closing = Careless.fencingOverInbox(parts.tables)),
        ofServers(
            "L5",
            "rows enter the inbox on fenced leases",
            parts -> parts.inbox = Careless.enteringOnFenced(parts.tables, parts.partitions)),
        ofServers(
            "L5",
            "bookings count on fenced leases",
            parts -> parts.books = Careless.bookingOnFenced(parts.tables)),
        ofProcesses(
            "L6",
            "tokens that settlement has passed are not swept",
            parts ->
                parts.tokens =
                    Swap.method(
                        TokenStore.class,
                        parts.tokens,
                        "walk",
                        (_, _) -> new TokenStore.Page(TokenStore.START, List.of(), 0))),
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
        ofProcesses("S5", "tokens leave Redis before the commit", Mutations::removedEarly),
        ofProcesses(
            "S6",
            "rows leave the inbox before they are booked",
            parts -> parts.books = Careless.drainingEarly(parts.books, parts.tables)),
        ofServers(
            "S6",
            "rows stay in the inbox when they are booked",
            parts -> parts.books = Careless.neverDraining(parts.tables)),
        ofServers(
            "S6",
            "rows enter the inbox beside their order",
            parts -> parts.inbox = Careless.enteringAgain(parts.tables, parts.partitions)),
        ofProcesses("W1", "the ledger is read first, then Redis", Mutations::ledgerFirst),
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
        ofProcesses("W2", "a young epoch counts as settled", Mutations::settledAtOnce),
        ofProcesses("C1", "a report is added, not set", Mutations::addedReports));
  }

  private static OrderReader.Found withoutInbox(OrderReader.Found found) {
    return found instanceof OrderReader.Found.Waiting ? new OrderReader.Found.Nothing() : found;
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

  private static void spentInDoubt(Parts parts) {
    LeaseStore leases = parts.leases;
    parts.leases =
        Swap.method(
            LeaseStore.class,
            leases,
            "grant",
            (args, real) -> {
              LeaseStore.GrantRequest request = (LeaseStore.GrantRequest) args[0];
              try {
                return real.get();
              } catch (OutcomeUnknownException unheard) {
                return new Granting.Granted(
                    request.wanted(), new LeaseStore.Standing(request.wanted(), Fen.ZERO, 1));
              }
            });
  }

  private static void putBack(Parts parts) {
    LeasesByLog[] own = new LeasesByLog[1];
    parts.ownLeases =
        leases -> {
          own[0] = leases;
          return leases;
        };
    AcceptLog log = parts.log;
    parts.log =
        (name, order) -> {
          try {
            return log.append(name, order);
          } catch (AppendUnknownException unknown) {
            if (order.getLeaseId() != 0) {
              own[0].putBack(
                  new Unit(
                      new LeaseId(order.getLeaseId()),
                      order.getOutcome().getBudgetId(),
                      Fen.of(order.getOutcome().getAward().getAmountFen()),
                      name));
            }
            throw unknown;
          }
        };
  }

  private static void impatientCloser(Parts parts) {
    parts.closing =
        Swap.method(
            LeaseClosingStore.class,
            parts.closing,
            "unclosed",
            (_, real) ->
                ((List<?>) Objects.requireNonNull(real.get()))
                    .stream().map(lease -> atOnce((UnclosedLease) lease)).toList());
  }

  private static UnclosedLease atOnce(UnclosedLease lease) {
    return new UnclosedLease(
        lease.leaseId(),
        lease.budgetId(),
        lease.slice(),
        lease.log(),
        lease.state() == LeaseState.OPEN ? lease.leaseTime() : NO_WAIT,
        lease.state(),
        lease.seq(),
        lease.partitions(),
        lease.withoutEnd(),
        lease.fenced(),
        lease.booked());
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
