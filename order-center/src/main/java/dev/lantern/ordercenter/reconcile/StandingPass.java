package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// What can be looked at as a whole each time: leases that may still change, budgets, what is set
/// aside, the inbox. What it does not find again holds no longer.
final class StandingPass {
  static final String INBOX = "inbox";
  private static final String NAME = "standing";

  /// Leases that were closed so long ago are looked at again only where a finding is open.
  private static final Duration CLOSED_SINCE = Duration.ofHours(2);

  private static final int LEASES_A_PAGE = 50;
  private static final int PAGES = 200;

  private static final Set<Discrepancy> SET_ASIDE =
      EnumSet.of(Discrepancy.CONFLICT_OPEN, Discrepancy.PARKED_OPEN);

  private final BooksAudit books;
  private final FindingStore findings;
  private final ReconcileWatch watch;
  private final Clock clock;
  private final Duration parkedAge;

  /// A pass over everything of its kind.
  ///
  /// @param parkedAge how long an order may be parked before it is a finding
  StandingPass(
      BooksAudit books,
      FindingStore findings,
      ReconcileWatch watch,
      Clock clock,
      Duration parkedAge) {
    this.books = books;
    this.findings = findings;
    this.watch = watch;
    this.clock = clock;
    this.parkedAge = parkedAge;
  }

  /// Its parts, each to be taken by itself: one that its store refuses keeps no other from being
  /// looked at.
  List<Supplier<FindingStore.Recorded>> parts(Leadership mine) {
    return List.of(
        () -> told(budgets(mine)),
        () -> told(setAside(mine)),
        () -> told(inbox(mine)),
        () -> told(leases(mine, clock.now().wall())));
  }

  /// All of it; what it came to.
  FindingStore.Recorded run(Leadership mine) {
    return parts(mine).stream()
        .map(Supplier::get)
        .reduce(new FindingStore.Recorded(0, 0), FindingStore.Recorded::plus);
  }

  private FindingStore.Recorded told(FindingStore.Recorded recorded) {
    watch.recorded(NAME, recorded);
    return recorded;
  }

  private FindingStore.Recorded budgets(Leadership mine) {
    Instant now = clock.now().wall();
    FindingStore.Recorded all = findings.record(mine, books.budgets(), now);
    findings.clearUnseen(mine, EnumSet.of(Discrepancy.BUDGET_DIFFERS), "", now, now);
    return all;
  }

  private FindingStore.Recorded setAside(Leadership mine) {
    Instant now = clock.now().wall();
    List<Found> found = books.setAside(now.minus(parkedAge));
    FindingStore.Recorded all = findings.record(mine, found, now);
    if (found.size() < BooksAudit.MOST) {
      findings.clearUnseen(mine, SET_ASIDE, "", now, now);
    }
    return all;
  }

  private FindingStore.Recorded inbox(Leadership mine) {
    Instant now = clock.now().wall();
    List<Found> waiting =
        books.inbox(now.minus(parkedAge)).stream().map(one -> one.within(INBOX)).toList();
    FindingStore.Recorded all = findings.record(mine, waiting, now);
    if (waiting.size() < BooksAudit.MOST) {
      findings.clearUnseen(mine, EnumSet.of(Discrepancy.STUCK_OUTSTANDING), INBOX, now, now);
    }
    return all;
  }

  private FindingStore.Recorded leases(Leadership mine, Instant now) {
    long since = Ids.floor(now.minus(CLOSED_SINCE));
    FindingStore.Recorded all = new FindingStore.Recorded(0, 0);
    long after = 0;
    for (int page = 0; page < PAGES; page++) {
      BooksAudit.LeasePage some = books.leases(after, since, LEASES_A_PAGE);
      all = all.plus(findings.record(mine, some.found(), now));
      if (some.next() == 0) {
        return all;
      }
      after = some.next();
    }
    return all;
  }
}
