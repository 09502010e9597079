package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.budget.LeaseStore.Standing;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One instance's leases on one budget: what may be taken, what should be asked for, what should be
/// given back. Thread-safe; decides over plain values, with the time passed in, and calls nothing.
///
/// Units are taken from the oldest lease that has them, so that old leases run empty and retire. A
/// lease is retired when it could not serve a take and a younger one can, when it has had no take
/// for [LeaseTerms#idleAfter], or when it is [LeaseTerms#rotateAfter] old; what is left of it goes
/// back to the budget at once, and the few units under way are settled by its closing.
public final class LeaseBook {
  private static final int SHARE_OF_FREE = 4;
  private static final Duration ACTIVE_WITHIN = Duration.ofSeconds(1);
  private static final Duration ROTATION_GRACE = Duration.ofSeconds(4);
  private static final Duration STANDING_HOLDS = Duration.ofMillis(500);

  private final String budgetId;
  private final LeaseTerms terms;
  private final Demand demand;
  private final Changes changes = new Changes();
  private final List<HeldLease> leases = new ArrayList<>();
  private @Nullable Standing standing;
  private @Nullable Moment standingAt;
  private @Nullable Moment askedAt;
  private long askedFen;
  private long shortOfFen;
  private long leastUnmetFen;

  public LeaseBook(String budgetId, LeaseTerms terms) {
    this.budgetId = budgetId;
    this.terms = terms;
    this.demand = new Demand(terms);
  }

  /// A unit of `amount`, or nothing when no lease at hand has one (then [#wanted] asks for more).
  public synchronized Optional<Unit> take(Fen amount, Moment now) {
    askedAt = now;
    askedFen = amount.value();
    if (isFrozen()) {
      return Optional.empty();
    }
    for (HeldLease lease : leases) {
      if (lease.spendable(terms, now) && lease.take(amount, now)) {
        demand.taken(amount.value(), now);
        leastUnmetFen = 0;
        return Optional.of(new Unit(lease.id, budgetId, amount, lease.log));
      }
    }
    shortOfFen = Math.max(shortOfFen, amount.value());
    leastUnmetFen = leastUnmetFen == 0 ? amount.value() : Math.min(leastUnmetFen, amount.value());
    return Optional.empty();
  }

  public synchronized void putBack(Unit unit) {
    find(unit.leaseId()).ifPresent(lease -> lease.putBack(unit.amount()));
  }

  public synchronized boolean mayAnswer(Unit unit, Moment now) {
    return find(unit.leaseId()).filter(lease -> lease.withinDeadline(terms, now)).isPresent();
  }

  /// What `amount` can hope for when it could not be taken: BUDGET_FROZEN, as the last heartbeat
  /// said; SOLD_OUT or BUDGET_BUSY, as the ledger said at most half a second ago; empty when that
  /// must be asked anew.
  public synchronized Optional<Take> hope(Fen amount, Moment now) {
    if (isFrozen()) {
      return Optional.of(new Take.Frozen());
    }
    Standing known = standing;
    Moment at = standingAt;
    if (known == null || at == null || now.since(at).compareTo(STANDING_HOLDS) > 0) {
      return Optional.empty();
    }
    if (known.free().compareTo(amount) >= 0) {
      return Optional.empty();
    }
    return Optional.of(known.unclosed() == 0 ? new Take.SoldOut() : new Take.Busy());
  }

  /// What the budget's ledger row said last, to whichever of these books heard it last.
  static Optional<Standing> latest(List<LeaseBook> books) {
    return books.stream()
        .map(LeaseBook::heard)
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(heard -> heard.at().monotonicNanos()))
        .map(Heard::standing);
  }

  private synchronized Optional<Heard> heard() {
    Standing known = standing;
    Moment at = standingAt;
    return known == null || at == null ? Optional.empty() : Optional.of(new Heard(known, at));
  }

  /// The grant to ask for now: because a take fell short, because less than half a slice is left,
  /// or because the newest lease is due for rotation while in demand. Nothing while the ledger,
  /// heard just now, had less than that.
  ///
  /// Nor is a remainder asked for that would serve none of the takes since the last that was
  /// served: leased again and again it would never stop being somewhere else, and the budget would
  /// be BUDGET_BUSY for ever instead of SOLD_OUT.
  public synchronized Optional<Wanted> wanted(Moment now) {
    long needed = Math.max(shortOfFen, leastUnmetFen > 0 ? leastUnmetFen : askedFen);
    if (hope(Fen.of(needed), now).isPresent()) {
      return Optional.empty();
    }
    long slice = demand.wantedFen(needed, now);
    boolean active = isActive(now);
    boolean low = active && restFen(now) < slice / 2 && free() > 0;
    boolean old = active && !leases.isEmpty() && isOld(leases.getLast(), now);
    return shortOfFen > 0 || low || old
        ? Optional.of(new Wanted(Fen.of(needed), Fen.of(slice), SHARE_OF_FREE))
        : Optional.empty();
  }

  public synchronized void granted(
      LeaseId id, LogName log, Fen slice, Standing after, Moment sentAt) {
    leases.add(new HeldLease(id, log, slice, sentAt));
    demand.granted(slice.value(), sentAt);
    shortOfFen = 0;
    learn(after, sentAt);
    changes.signal();
  }

  /// The ledger had too little; whoever waits gets to know.
  public synchronized void refused(Standing now, Moment at) {
    shortOfFen = 0;
    learn(now, at);
    changes.signal();
  }

  /// What the ledger says of the budget.
  public synchronized void learn(Standing now, Moment at) {
    standing = now;
    standingAt = at;
  }

  /// The leases to send a heartbeat for.
  public synchronized List<LeaseId> beating() {
    return leases.stream().filter(HeldLease::isOpen).map(lease -> lease.id).toList();
  }

  /// A heartbeat for `asked`, sent after `sentAt`, found `alive` of them OPEN.
  public synchronized void beaten(Collection<LeaseId> asked, Set<LeaseId> alive, Moment sentAt) {
    for (HeldLease lease : leases) {
      if (alive.contains(lease.id)) {
        lease.confirm(sentAt);
      } else if (asked.contains(lease.id) && lease.isOpen()) {
        lease.lose();
      }
    }
    changes.signal();
  }

  /// Retires what should be, and returns what to tell the ledger. Forgets leases that are past
  /// their deadline for good.
  ///
  /// @param current where records go now: a lease of another log can promise nothing more (A3)
  public synchronized List<Retired> retire(Moment now, Optional<LogName> current) {
    leases.removeIf(lease -> !lease.isOpen() && !lease.withinDeadline(terms, now));
    List<Retired> retired = new ArrayList<>();
    for (HeldLease lease : leases) {
      boolean elsewhere = current.filter(log -> !log.equals(lease.log)).isPresent();
      if (lease.isOpen() && (elsewhere || isDue(lease, now))) {
        retired.add(new Retired(lease.id, lease.retire()));
      }
    }
    return retired;
  }

  /// Retires everything, for a shutdown.
  public synchronized List<Retired> retireAll() {
    return leases.stream()
        .filter(HeldLease::isOpen)
        .map(lease -> new Retired(lease.id, lease.retire()))
        .toList();
  }

  /// What a waiting take watches: grants, refusals and heartbeats.
  Changes changes() {
    return changes;
  }

  // Only who was asked just now gets ahead of the next one who asks: a lease granted after the last
  // order would keep its slice from everybody.
  private boolean isActive(Moment now) {
    Moment asked = askedAt;
    return asked != null && now.since(asked).compareTo(ACTIVE_WITHIN) < 0;
  }

  private boolean isDue(HeldLease lease, Moment now) {
    boolean hasSuccessor = leases.getLast() != lease;
    long shortOf = lease.fellShortOfFen();
    boolean spent = shortOf > 0 && (hasSuccessor || free() < shortOf);
    boolean idle = now.since(lease.lastTakenAt()).compareTo(terms.idleAfter()) >= 0;
    Duration age = now.since(lease.grantedAt);
    boolean rotated =
        isOld(lease, now)
            && (hasSuccessor || age.compareTo(terms.rotateAfter().plus(ROTATION_GRACE)) >= 0);
    return spent || idle || rotated || isFrozen();
  }

  private boolean isOld(HeldLease lease, Moment now) {
    return now.since(lease.grantedAt).compareTo(terms.rotateAfter()) >= 0;
  }

  // As the ledger last said: with a heartbeat, or in answer to a take that was refused.
  private boolean isFrozen() {
    Standing known = standing;
    return known != null && known.frozen();
  }

  // What the budget had free when last heard; nothing while that is unknown.
  private long free() {
    Standing known = standing;
    return known == null ? 0 : known.free().value();
  }

  /// What its leases still have to be taken.
  synchronized long restFen(Moment now) {
    return leases.stream()
        .filter(lease -> lease.spendable(terms, now))
        .mapToLong(HeldLease::restFen)
        .sum();
  }

  private Optional<HeldLease> find(LeaseId id) {
    for (HeldLease lease : leases) {
      if (lease.id.equals(id)) {
        return Optional.of(lease);
      }
    }
    return Optional.empty();
  }

  private record Heard(Standing standing, Moment at) {}

  /// A grant to ask for; see [LeaseStore.GrantRequest].
  public record Wanted(Fen needed, Fen slice, int shareOfFree) {}

  /// A lease that takes nothing more, and what was never taken of it.
  public record Retired(LeaseId lease, Fen rest) {}
}
