package dev.lantern.proving.measure;

import dev.lantern.bench.LeaseHolder;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How long the last unit of a budget takes, and whether any is stranded in the end.
final class LastUnit {
  private static final int LAST = 6_000;

  /// Less than a first slice has: the rest of it is what has to come back.
  private static final int OTHERS = 40;

  private static final double LIVES_GOAL = 2;
  private static final double NANOS = 1e9;
  private static final double AT_ONCE = 0.001;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LAST_WITHIN = Duration.ofSeconds(90);
  private static final Duration CLOSED_WITHIN = Duration.ofMinutes(2);

  private final BudgetBooks books;
  private final Progress progress;
  private final Waits waits;

  LastUnit(BudgetBooks books, Progress progress, Waits waits) {
    this.books = books;
    this.progress = progress;
    this.waits = waits;
  }

  /// From when a taker finds nothing at hand until it has the budget's last unit. Another holder
  /// has units it does not take: it lives and gives them back, or is dead, and they come back when
  /// its lease has been closed.
  Comparison measure(boolean dead) {
    String how = dead ? "dead" : "alive";
    progress.phase("budget: the last unit, the other holder " + how);
    String id = books.create("last-" + how, LAST);
    var other = dead ? dead(id) : idle(id);
    var taker = books.ledger().alive("taker-" + how, id);
    Last last;
    try (other;
        taker) {
      books.book(other);
      last = takeAll(taker, LAST - OTHERS);
      books.book(taker);
    }
    progress.phase("budget: closing the leases");
    return compare(how, last, books.stranded(id, List.of(other, taker), CLOSED_WITHIN));
  }

  private LeaseHolder dead(String id) {
    return books.ledger().dead("other-dead", id, OTHERS);
  }

  private LeaseHolder idle(String id) {
    LeaseHolder holder = books.ledger().alive("other-alive", id);
    for (int i = 0; i < OTHERS; i++) {
      holder.takeFirst();
    }
    return holder;
  }

  private Last takeAll(LeaseHolder holder, long units) {
    long taken = 0;
    long firstRefusal = Long.MAX_VALUE;
    long until = waits.nanos().getAsLong() + LAST_WITHIN.toNanos();
    while (taken < units && waits.nanos().getAsLong() < until) {
      if (holder.take()) {
        taken++;
      } else {
        firstRefusal = Math.min(firstRefusal, waits.nanos().getAsLong());
        books.book(holder);
        waits.sleep(PAUSE);
      }
    }
    long now = waits.nanos().getAsLong();
    return new Last(taken, Math.max(AT_ONCE, (now - Math.min(firstRefusal, now)) / NANOS));
  }

  private Comparison compare(String how, Last last, long stranded) {
    double life = books.ledger().leaseLife().toMillis() / 1e3;
    long taken = OTHERS + last.taken();
    progress.note(
        String.format(
            Locale.ROOT,
            "  last unit after %.1f s, %,d of %,d taken, %d stranded",
            last.seconds(),
            taken,
            LAST,
            stranded));
    return new Comparison(
        BudgetFigures.NAME,
        "seconds from a taker's first refusal to the budget's last unit, the other holder " + how,
        last.seconds(),
        "a lease's life",
        life,
        Goal.atMost(LIVES_GOAL),
        1,
        Math.abs(stranded) + (LAST - taken),
        String.format(
            Locale.ROOT,
            "a budget of %,d units; the other holder took %d and left the rest of its slice; errors"
                + " are units not taken, or stranded when all leases have closed; order-center's"
                + " lease code in this process over the stack's MariaDB, its settle process closing",
            LAST,
            OTHERS),
        1 / last.seconds(),
        1 / life,
        Map.of(),
        Map.of());
  }

  /// @param seconds from the first refusal
  private record Last(long taken, double seconds) {}
}
