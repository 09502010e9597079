package dev.lantern.proving.measure;

import dev.lantern.ordercenter.budget.LeaseTerms;
import dev.lantern.proving.rain.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// How long the last unit of a budget takes, and whether any is stranded in the end.
final class LastUnit {
  private static final String NAME = "budget";
  private static final int LAST = 6_000;
  private static final int OTHERS = 100;
  private static final long PAUSE_NANOS = 100_000_000;
  private static final Duration LAST_WITHIN = Duration.ofSeconds(60);
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(90);

  private final BudgetBooks books;
  private final Progress progress;

  LastUnit(BudgetBooks books, Progress progress) {
    this.books = books;
    this.progress = progress;
  }

  /// From when a taker finds nothing at hand until it has the budget's last unit. Another holder
  /// has units it does not take: it lives and gives them back, or is dead, and they come back when
  /// its lease has been closed.
  Comparison measure(boolean dead) {
    progress.phase("budget: the last unit, the other holder " + (dead ? "dead" : "alive"));
    String id = books.create(dead ? "last-dead" : "last", LAST);
    var other =
        dead
            ? BudgetHolder.dead(books, BudgetHolder.named("other-dead"), id, OTHERS)
            : BudgetHolder.alive(books, BudgetHolder.named("other"), id);
    var taker = BudgetHolder.alive(books, BudgetHolder.named(dead ? "taker-dead" : "taker"), id);
    double seconds;
    long taken;
    try (other;
        taker) {
      long others = dead ? OTHERS : take(other, OTHERS);
      books.book(other);
      Last last = takeAll(taker, LAST - others);
      seconds = last.seconds();
      taken = others + last.taken();
      books.book(taker);
    }
    progress.phase("budget: closing the leases");
    long stranded = books.stranded(id, List.of(other, taker), CLOSED_WITHIN);
    progress.note(
        String.format(
            Locale.ROOT,
            "  last unit after %.1f s, %d of %d taken, %d stranded",
            seconds,
            taken,
            LAST,
            stranded));
    double life = LeaseTerms.STANDARD.time().toMillis() / 1e3;
    return new Comparison(
        NAME,
        "seconds from a taker's first refusal to the budget's last unit, "
            + (dead ? "the other holder dead" : "two holders alive"),
        seconds,
        "a lease's life",
        life,
        Goal.atMost(2),
        1,
        Math.abs(stranded) + (LAST - taken),
        "a budget of %,d units; the other holder took %,d and left the rest of its slice; errors are units not taken or stranded afterwards; order-center's lease code in this process over the stack's MariaDB, its settle process closing"
            .formatted(LAST, OTHERS),
        1 / seconds,
        1 / life,
        Map.of(),
        Map.of());
  }

  private static long take(BudgetHolder holder, int units) {
    holder.takeFirst();
    for (int i = 1; i < units; i++) {
      if (!holder.take()) {
        throw new IllegalStateException("its slice is smaller");
      }
    }
    return units;
  }

  private Last takeAll(BudgetHolder holder, long units) {
    long taken = 0;
    long firstRefusal = 0;
    long until = System.nanoTime() + LAST_WITHIN.toNanos();
    while (taken < units && System.nanoTime() - until < 0) {
      if (holder.take()) {
        taken++;
      } else {
        firstRefusal = firstRefusal == 0 ? System.nanoTime() : firstRefusal;
        books.book(holder);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return new Last(taken, firstRefusal == 0 ? 0.001 : (System.nanoTime() - firstRefusal) / 1e9);
  }

  private record Last(long taken, double seconds) {}
}
