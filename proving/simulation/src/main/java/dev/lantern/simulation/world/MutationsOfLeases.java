package dev.lantern.simulation.world;

import static dev.lantern.simulation.world.Mutation.ofProcesses;
import static dev.lantern.simulation.world.Mutation.ofServers;

import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.budget.LeaseStore;
import dev.lantern.ordercenter.budget.LeaseStore.Granting;
import dev.lantern.ordercenter.budget.LeasesByLog;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.closing.LeaseClosingStore;
import dev.lantern.ordercenter.closing.UnclosedLease;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.AcceptLog;
import dev.lantern.ordercenter.queue.AppendUnknownException;
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.simulation.kernel.LifeClock;
import dev.lantern.simulation.ledger.Careless;
import dev.lantern.stores.sql.OutcomeUnknownException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/// Rules L1 to L6, taken away: who may spend what, and when a unit comes back.
final class MutationsOfLeases {
  private static final Duration NO_WAIT = Duration.ofSeconds(-1);

  private MutationsOfLeases() {}

  static List<Mutation> all() {
    return List.of(
        ofServers(
            "L1",
            "a grant does not take from what is free",
            parts -> parts.leases = Careless.grantingWithoutTaking(parts.leases, parts.tables)),
        ofProcesses("L1", "a grant whose reply was lost is spent", MutationsOfLeases::spentInDoubt),
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
        ofProcesses("L3", "a unit is put back after an unknown append", MutationsOfLeases::putBack),
        ofServers(
            "L3",
            "a discard returns its unit without a release row",
            parts -> parts.parked = Careless.releasingUnnoted(parts.tables)),
        ofServers(
            "L3",
            "a release is applied as often as the discard is sent",
            parts -> parts.parked = Careless.releasingAgain(parts.tables)),
        ofProcesses("L4", "the closer does not wait", MutationsOfLeases::impatientCloser),
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
                        (_, _) -> new TokenStore.Page(TokenStore.START, List.of(), 0))));
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
}
