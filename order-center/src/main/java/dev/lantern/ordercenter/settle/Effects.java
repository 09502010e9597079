package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.order.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What a group changes in the books, ready to be written: each part in the order in which its rows
/// are locked, everything of one key summed into one row.
///
/// Law SUM is a property of this class: the sum of its postings is the sum of its balance changes
/// and of its account changes. Law CAP's half is another: what it counts on leases is the amount of
/// its orders and conflicts, booked or parked; a thing counts one.
///
/// @param grants what downstreams are to be asked for
/// @param leases units to count, or to count as set aside no more, by lease
/// @param accounts what the platform's own accounts gain
/// @param days what users are booked towards their daily caps
public record Effects(
    int partition,
    Instant at,
    List<OrderRow> orders,
    List<GrantRow> grants,
    List<LogRecord.Unreadable> unreadable,
    List<Verdict.Conflict> conflicts,
    List<Posting> postings,
    NavigableMap<Posting.Account, Long> balances,
    NavigableMap<Long, Units> leases,
    NavigableMap<String, Cost> accounts,
    NavigableMap<DailyCap.Day, Spend> days) {

  /// What one lease counts.
  ///
  /// @param booked units of its slice that come to nobody else any more
  /// @param parked how many of all that were counted are set aside; falls when one is booked
  public record Units(long booked, long parked) {
    Units plus(Units other) {
      return new Units(Math.addExact(booked, other.booked), Math.addExact(parked, other.parked));
    }
  }

  /// What one account gains.
  ///
  /// @param entries how many orders
  public record Cost(String parentActivityId, long fen, long entries) {
    Cost plus(Cost other) {
      return new Cost(parentActivityId, Math.addExact(fen, other.fen), entries + other.entries);
    }
  }

  /// What one user is booked on one day.
  ///
  /// @param capFen how much the day may come to with it: the least that was asked for
  public record Spend(long fen, long capFen) {
    Spend plus(Spend other) {
      return new Spend(Math.addExact(fen, other.fen), Math.min(capFen, other.capFen));
    }
  }

  public boolean isEmpty() {
    return orders.isEmpty() && conflicts.isEmpty();
  }

  /// How many orders reach the ledger, messages included.
  public long booked() {
    return orders.stream().filter(OrderRow::isBooked).count();
  }

  public static Effects of(List<Verdict> verdicts, int partition, Instant now) {
    return of(verdicts, partition, now, FundLimits.NONE);
  }

  /// The same, counted towards users' days where `limits` has daily caps.
  public static Effects of(List<Verdict> verdicts, int partition, Instant now, FundLimits limits) {
    Fold fold = new Fold(partition, now);
    for (Verdict verdict : verdicts) {
      fold.add(verdict);
      if (verdict instanceof Verdict.Book(_, Promise promise, _)) {
        fold.spend(limits.dailyCap(promise), promise.outcome().amount().value());
      }
    }
    return fold.finish();
  }

  /// The same money effects for an order that was set aside before and is booked now: its row has
  /// been written, its unit counted.
  public static Effects ofResumed(SetAsideOrder order, Instant now) {
    return ofResumed(order, now, FundLimits.NONE);
  }

  /// The same, counted towards its user's day; where an operator has waived the cap it counts, too,
  /// so that what comes after it is held against the whole day.
  public static Effects ofResumed(SetAsideOrder order, Instant now, FundLimits limits) {
    Fold fold = new Fold(order.partition(), now);
    order
        .purse()
        .ifPresent(purse ->
            fold.pay(
                order.actId(),
                order.orderNo(),
                order.parentActivityId(),
                order.childActivityId(),
                purse,
                order.amountFen()));
    fold.count(order.countedLease(), new Units(0, -order.units()));
    fold.count(order.chargedLease(), new Units(order.units(), 0));
    Optional<DailyCap> day = limits.dailyCap(order);
    fold.spend(order.waivesDailyCap() ? day.map(DailyCap::waived) : day, order.amountFen());
    return fold.finish();
  }

  /// A conflict that is paid, beside the order of its number.
  ///
  /// @param conflictId tells its posting from the order's
  /// @param countedLease the lease that has counted it; 0 when none has
  /// @param chargedLease then: the lease that counts it from now on
  static Effects ofPaidConflict(
      Promise promise,
      String conflictId,
      int partition,
      long countedLease,
      long chargedLease,
      Optional<DailyCap> day,
      Instant now) {
    Fold fold = new Fold(partition, now);
    fold.spend(day, promise.units());
    Purse purse = Purse.of(promise.outcome().given()).orElseThrow();
    fold.post(
        Posting.ofConflict(
            promise.actId(),
            promise.orderNo().text(),
            conflictId,
            promise.childActivityId(),
            purse,
            promise.units()),
        promise.parentActivityId());
    fold.count(countedLease, new Units(0, -promise.units()));
    fold.count(chargedLease, new Units(promise.units(), 0));
    return fold.finish();
  }

  /// What money that takes the place of a refused thing changes: its order's row has been written.
  ///
  /// @param lease counts it
  /// @param day what it is held against, and counts towards
  public static Effects ofMoney(
      long actId,
      String orderNo,
      String parent,
      String child,
      int partition,
      Outcome money,
      long lease,
      Optional<DailyCap> day,
      Instant now) {
    Fold fold = new Fold(partition, now);
    fold.spend(day, money.amount().value());
    fold.pay(
        actId,
        orderNo,
        parent,
        child,
        Purse.of(money.given()).orElseThrow(),
        money.amount().value());
    fold.count(lease, new Units(money.units().value(), 0));
    return fold.finish();
  }

  /// What a thing that takes the place of another changes: it is asked for and counted.
  public static Effects ofThing(GrantRow grant) {
    Fold fold = new Fold(grant.partition(), grant.now());
    fold.grants.add(grant);
    fold.count(grant.lease(), new Units(grant.outcome().units().value(), 0));
    return fold.finish();
  }

  /// What changes when an order in the books is set aside: nothing but that its units are.
  public static Effects ofParked(long lease, int partition, long units, Instant now) {
    Fold fold = new Fold(partition, now);
    fold.count(lease, new Units(0, units));
    return fold.finish();
  }

  private static final class Fold {
    private final int partition;
    private final Instant now;
    private final List<OrderRow> orders = new ArrayList<>();
    private final List<GrantRow> grants = new ArrayList<>();
    private final List<LogRecord.Unreadable> unreadable = new ArrayList<>();
    private final List<Verdict.Conflict> conflicts = new ArrayList<>();
    private final List<Posting> postings = new ArrayList<>();
    private final NavigableMap<Posting.Account, Long> balances = new TreeMap<>();
    private final NavigableMap<Long, Units> leases = new TreeMap<>();
    private final NavigableMap<String, Cost> accounts = new TreeMap<>();
    private final NavigableMap<DailyCap.Day, Spend> days = new TreeMap<>();

    Fold(int partition, Instant now) {
      this.partition = partition;
      this.now = now;
    }

    void add(Verdict verdict) {
      switch (verdict) {
        case Verdict.Book(_, Promise promise, long lease) -> book(promise, lease);
        case Verdict.Park(_, Promise promise, long lease, String why) -> {
          orders.add(OrderRow.parked(promise, lease, partition, why));
          ask(promise, lease, GrantRow.State.PARKED);
          count(lease, setAside(promise));
        }
        case Verdict.Retry(_, Promise promise, String why, Instant nextAt) -> {
          orders.add(OrderRow.retrying(promise, partition, why, nextAt));
          ask(promise, promise.leaseId(), GrantRow.State.PARKED);
          count(promise.leaseId(), setAside(promise));
        }
        case Verdict.Conflict conflict -> {
          conflicts.add(conflict);
          count(conflict.countedLease(), setAside(conflict.promise()));
        }
        case Verdict.ParkUnreadable(LogRecord.Unreadable record) -> {
          orders.add(OrderRow.unreadable(record, partition, now));
          unreadable.add(record);
        }
        case Verdict.Known _, Verdict.Voided _, Verdict.KnownUnreadable _ -> {}
      }
    }

    private void ask(Promise promise, long lease, GrantRow.State state) {
      GrantRow.first(promise, lease, partition, state, now).ifPresent(grants::add);
    }

    private void book(Promise promise, long lease) {
      count(lease, new Units(promise.units(), 0));
      if (promise.outcome().isThing()) {
        orders.add(OrderRow.granting(promise, lease, partition));
        ask(promise, lease, GrantRow.State.DUE);
        return;
      }
      orders.add(OrderRow.booked(promise, lease, partition, now));
      Purse.of(promise.outcome().given())
          .ifPresent(purse ->
              pay(
                  promise.actId(),
                  promise.orderNo().text(),
                  promise.parentActivityId(),
                  promise.childActivityId(),
                  purse,
                  promise.units()));
    }

    void pay(long actId, String orderNo, String parent, String child, Purse purse, long fen) {
      post(Posting.ofReward(actId, orderNo, child, purse, fen), parent);
    }

    void post(Posting posting, String parent) {
      long fen = posting.amountFen();
      postings.add(posting);
      balances.merge(posting.account(), fen, Math::addExact);
      accounts.merge(posting.debitAccount(), new Cost(parent, fen, 1), Cost::plus);
    }

    void spend(Optional<DailyCap> cap, long fen) {
      if (cap.isPresent() && fen > 0) {
        days.merge(cap.get().day(), new Spend(fen, cap.get().capFen()), Spend::plus);
      }
    }

    private static Units setAside(Promise promise) {
      return new Units(promise.units(), promise.units());
    }

    void count(long lease, Units units) {
      if (lease != 0 && (units.booked() != 0 || units.parked() != 0)) {
        leases.merge(lease, units, Units::plus);
      }
    }

    Effects finish() {
      orders.sort(OrderRow.BY_KEY);
      grants.sort(GrantRow.BY_KEY);
      conflicts.sort(Comparator.comparing(c -> c.promise().conflictKey(), ConflictKey.BY_KEY));
      postings.sort(Posting.BY_KEY);
      return new Effects(
          partition,
          now,
          orders,
          grants,
          unreadable,
          conflicts,
          postings,
          balances,
          leases,
          accounts,
          days);
    }
  }
}
