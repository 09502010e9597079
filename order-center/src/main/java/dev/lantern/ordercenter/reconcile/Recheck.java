package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Looks again at what open findings are about, and closes those that hold no longer. Only classes
/// whose passes do not see everything each time.
final class Recheck {
  static final String NO_LONGER = "it holds no longer";
  private static final String IN_THE_BOOKS = "its order is in the books now";
  private static final int AT_ONCE = 200;
  private static final int ROUNDS = 50;

  private static final Set<Discrepancy> OF_ORDERS =
      EnumSet.of(
          Discrepancy.POSTING_MISSING,
          Discrepancy.POSTING_DIFFERS,
          Discrepancy.DOUBLE_POSTING,
          Discrepancy.POSTING_UNEXPLAINED,
          Discrepancy.BALANCE_DIFFERS,
          Discrepancy.GRANT_MISSING,
          Discrepancy.GRANT_TWICE);

  private static final Set<Discrepancy> OF_LEASES = EnumSet.of(Discrepancy.LEASE_SUM_DIFFERS);

  private final BooksAudit books;
  private final FindingStore findings;
  private final Clock clock;

  Recheck(BooksAudit books, FindingStore findings, Clock clock) {
    this.books = books;
    this.findings = findings;
    this.clock = clock;
  }

  void run(Leadership mine) {
    again(mine, OF_ORDERS);
    again(mine, OF_LEASES);
    arrived(mine);
  }

  /// What was told and missing, and is in the books now.
  private void arrived(Leadership mine) {
    long after = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Finding> open = findings.open(EnumSet.of(Discrepancy.MISSING_ORDER), after, AT_ONCE);
      if (open.isEmpty()) {
        return;
      }
      Set<OrderKey> known = books.known(open.stream().map(Recheck::order).toList());
      List<Long> cleared =
          open.stream().filter(one -> known.contains(order(one))).map(Finding::id).toList();
      findings.clear(mine, cleared, IN_THE_BOOKS, clock.now().wall());
      after = open.getLast().id();
    }
  }

  private static OrderKey order(Finding finding) {
    return new OrderKey(finding.found().actId(), finding.found().orderNo());
  }

  private void again(Leadership mine, Set<Discrepancy> classes) {
    long after = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Finding> open = findings.open(classes, after, AT_ONCE);
      if (open.isEmpty()) {
        return;
      }
      Instant now = clock.now().wall();
      List<Found> found = classes.equals(OF_LEASES) ? leases(open) : orders(open);
      close(mine, open, found, now);
      after = open.getLast().id();
    }
  }

  private List<Found> orders(Collection<Finding> open) {
    return books.orders(new Range.Keys(open.stream().map(Recheck::order).toList()));
  }

  private List<Found> leases(Collection<Finding> open) {
    Set<Long> ids = new HashSet<>();
    for (Finding finding : open) {
      String subject = finding.found().subject();
      ids.add(Long.parseLong(subject.substring(0, subject.indexOf('/'))));
    }
    return books.leases(new ArrayList<>(ids));
  }

  private void close(Leadership mine, List<Finding> open, List<Found> found, Instant now) {
    var _ = findings.record(mine, found, now);
    Set<String> holds = new HashSet<>();
    found.forEach(one -> holds.add(one.what() + " " + one.subject()));
    List<Long> cleared =
        open.stream()
            // What a vendor has said is asked of the vendor again, by its own pass.
            .filter(one -> !one.found().scope().equals(GrantPass.NAME))
            .filter(one -> !holds.contains(one.found().what() + " " + one.found().subject()))
            .map(Finding::id)
            .toList();
    findings.clear(mine, cleared, NO_LONGER, now);
  }
}
