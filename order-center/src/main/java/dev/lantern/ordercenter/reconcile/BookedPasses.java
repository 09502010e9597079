package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Follows what is booked, pass by pass ([Pass]), in stretches of about [#STRETCH] orders, and
/// those booked in one instant together: at most a group of settlement's a partition. What a
/// stretch found is recorded before the mark moves, so a crash looks at it again.
final class BookedPasses {
  static final int STRETCH = 1_000;
  static final int STRETCHES_A_TICK = 50;

  private final List<Pass> passes;
  private final Marks marks;
  private final BooksAudit books;
  private final FindingStore findings;
  private final ReconcileWatch watch;
  private final Clock clock;

  BookedPasses(
      List<Pass> passes,
      Marks marks,
      BooksAudit books,
      FindingStore findings,
      ReconcileWatch watch,
      Clock clock) {
    this.passes = passes;
    this.marks = marks;
    this.books = books;
    this.findings = findings;
    this.watch = watch;
    this.clock = clock;
  }

  void tick(Leadership mine) {
    passes.forEach(pass -> follow(mine, pass));
  }

  private void follow(Leadership mine, Pass pass) {
    Instant now = clock.now().wall();
    Instant limit = pass.limit().at(now);
    Instant at = marks.position(pass.name());
    for (int n = 0; n < STRETCHES_A_TICK && at.isBefore(limit); n++) {
      Instant until = books.boundary(at, limit, STRETCH);
      Range.Booked stretch = new Range.Booked(at, until);
      watch.recorded(pass.name(), findings.record(mine, books.orders(stretch), now));
      marks.advance(mine, pass.name(), at, until);
      watch.followed(pass.name(), Duration.between(until, now), books.count(stretch));
      at = until;
    }
  }
}
