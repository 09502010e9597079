package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What can be looked at as a whole each time: leases that may still change, budgets, what is set
/// aside, the inbox. What it does not find again holds no longer.
final class StandingPass {
  static final String INBOX = "inbox";
  private static final String NAME = "standing";

  /// Leases that were closed so long ago are looked at again only where a finding is open.
  private static final Duration CLOSED_SINCE = Duration.ofHours(2);

  private static final int LEASES_A_PAGE = 50;
  private static final int PAGES = 200;

  private static final Set<Discrepancy> WHOLE =
      EnumSet.of(Discrepancy.BUDGET_DIFFERS, Discrepancy.CONFLICT_OPEN, Discrepancy.PARKED_OPEN);

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

  /// What it came to.
  FindingStore.Recorded run(Leadership mine) {
    Instant now = clock.now().wall();
    Instant before = now.minus(parkedAge);
    List<Found> found = new ArrayList<>(books.budgets());
    found.addAll(books.setAside(before));
    List<Found> waiting = books.inbox(before).stream().map(one -> one.within(INBOX)).toList();
    found.addAll(waiting);
    FindingStore.Recorded all = findings.record(mine, found, now);
    if (found.size() < BooksAudit.MOST) {
      findings.clearUnseen(mine, WHOLE, "", now, now);
      findings.clearUnseen(mine, EnumSet.of(Discrepancy.STUCK_OUTSTANDING), INBOX, now, now);
    }
    all = all.plus(leases(mine, now));
    watch.recorded(NAME, all);
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
