package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.budget.LeaseBook.Retired;
import dev.lantern.ordercenter.budget.LeaseBook.Wanted;
import dev.lantern.ordercenter.budget.LeaseStore.GrantRequest;
import dev.lantern.ordercenter.budget.LeaseStore.Granting;
import dev.lantern.ordercenter.budget.LeaseStore.Standing;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.OutcomeUnknownException;
import dev.lantern.stores.sql.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps this instance's leases: grants when a book wants one, beats for those held, retires those
/// that are due (L1 to L3).
///
/// The steps ([#beat], [#tend]) are plain calls; [LeaseThreads] repeats them. A take that finds
/// nothing waits at most `grantWait` for the next grant.
public final class LeaseKeeper implements LeasesByLog {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  private final LeaseStore store;
  private final Supplier<Optional<LogName>> currentLog;
  private final LeaseIds ids;
  private final String holder;
  private final LeaseTerms terms;
  private final Duration grantWait;
  private final Clock clock;
  private final Map<BookId, LeaseBook> books = new ConcurrentHashMap<>();
  private volatile Runnable wake = () -> {};

  /// A keeper without any lease.
  ///
  /// @param currentLog where records of new leases go unless a take names another log; leases of an
  ///   older topic are retired, and none is granted while there is no topic
  /// @param holder this process's life: another one, even of the same instance, has another name
  public LeaseKeeper(
      LeaseStore store,
      Supplier<Optional<LogName>> currentLog,
      LeaseIds ids,
      String holder,
      LeaseTerms terms,
      Duration grantWait,
      Clock clock) {
    this.store = store;
    this.currentLog = currentLog;
    this.ids = ids;
    this.holder = holder;
    this.terms = terms;
    this.grantWait = grantWait;
    this.clock = clock;
  }

  @Override
  public Take take(String budgetId, Fen amount) {
    return currentLog.get().map(log -> take(budgetId, amount, log)).orElseGet(Take.Busy::new);
  }

  @Override
  public Take take(String budgetId, Fen amount, LogName log) {
    LeaseBook book = book(new BookId(budgetId, log));
    Moment asked = clock.now();
    Moment now = asked;
    while (true) {
      long seen = book.changes().count();
      Optional<Unit> unit = book.take(amount, now);
      if (unit.isPresent()) {
        return new Take.Taken(unit.get());
      }
      Optional<Take> hope = book.hope(amount, now);
      if (hope.isPresent()) {
        return hope.get();
      }
      Duration left = grantWait.minus(now.since(asked));
      if (left.isNegative() || left.isZero() || !waitForGrant(book, seen, left)) {
        return new Take.Busy();
      }
      now = clock.now();
    }
  }

  @Override
  public Optional<Unit> takeAtOnce(String budgetId, Fen amount, LogName log) {
    return book(new BookId(budgetId, log)).take(amount, clock.now());
  }

  private boolean waitForGrant(LeaseBook book, long seen, Duration limit) {
    wake.run();
    try {
      book.changes().await(seen, limit);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void putBack(Unit unit) {
    book(BookId.of(unit)).putBack(unit);
  }

  @Override
  public boolean mayAnswer(Unit unit) {
    return book(BookId.of(unit)).mayAnswer(unit, clock.now());
  }

  @Override
  public Optional<Remaining> remaining(String budgetId) {
    Optional<Remaining> known = known(budgetId);
    if (known.isPresent()) {
      return known;
    }
    Moment asked = clock.now();
    store.standings(List.of(budgetId)).forEach((id, standing) -> learn(id, standing, asked));
    return known(budgetId);
  }

  // What is free, by whichever book heard last, and the rest of all.
  private Optional<Remaining> known(String budgetId) {
    Moment now = clock.now();
    List<LeaseBook> ofBudget = booksOf(budgetId);
    return LeaseBook.latest(ofBudget)
        .map(standing ->
            new Remaining(
                standing.total(),
                Fen.of(
                    standing.free().value()
                        + ofBudget.stream().mapToLong(book -> book.restFen(now)).sum())));
  }

  /// One heartbeat for every lease held, then a look at the budgets. The lease's time counts from
  /// before it was sent (L2).
  ///
  /// @throws StoreException when it did not succeed; the leases then have the time they had
  public void beat() {
    List<LeaseId> held = new ArrayList<>();
    books.values().forEach(book -> held.addAll(book.beating()));
    Moment sentAt = clock.now();
    Set<LeaseId> alive = store.heartbeat(holder, held);
    books.values().forEach(book -> book.beaten(held, alive, sentAt));
    Moment asked = clock.now();
    Set<String> budgets = new TreeSet<>();
    books.keySet().forEach(id -> budgets.add(id.budgetId()));
    store.standings(budgets).forEach((budgetId, standing) -> learn(budgetId, standing, asked));
  }

  /// Grants what the books want and retires what is due.
  ///
  /// @throws StoreException when the ledger did not answer; what was retired stays retired
  public void tend() {
    for (Map.Entry<BookId, LeaseBook> entry : books.entrySet()) {
      LeaseBook book = entry.getValue();
      Optional<Wanted> wanted = book.wanted(clock.now());
      Optional<LogName> usable = usable(entry.getKey().log());
      if (wanted.isPresent() && usable.filter(entry.getKey().log()::equals).isPresent()) {
        grant(entry.getKey(), book, wanted.get());
      }
      book.retire(clock.now(), usable).forEach(this::retire);
    }
  }

  // A topic may have a successor; the ledger has none.
  private Optional<LogName> usable(LogName log) {
    return switch (log.kind()) {
      case KAFKA -> currentLog.get();
      case INBOX, DIRECT -> Optional.of(log);
    };
  }

  /// Gives every lease back. Nothing can be taken under them afterwards; orders under way may still
  /// be answered.
  public void retireAll() {
    for (LeaseBook book : books.values()) {
      book.retireAll().forEach(this::retire);
    }
  }

  /// Run whenever a take waits for a grant.
  void onWaiting(Runnable wake) {
    this.wake = wake;
  }

  private void grant(BookId of, LeaseBook book, Wanted wanted) {
    Moment sentAt = clock.now();
    LeaseId id = ids.next(sentAt);
    GrantRequest request =
        new GrantRequest(
            id,
            of.budgetId(),
            holder,
            wanted.needed(),
            wanted.slice(),
            wanted.shareOfFree(),
            of.log(),
            terms.time());
    try {
      switch (store.grant(request)) {
        case Granting.Granted(Fen slice, Standing standing) ->
            book.granted(id, of.log(), slice, standing, sentAt);
        case Granting.TooLittle(Standing standing) -> book.refused(standing, sentAt);
        case Granting.NoBudget none -> book.refused(none.standing(), sentAt);
      }
    } catch (OutcomeUnknownException e) {
      // It may exist, or come to exist; it is never spent (L1), and closed if it is there.
      LOG.warn("grant of lease {} in doubt: abandoned", id);
      retire(new Retired(id, Fen.ZERO));
    } catch (DuplicateKeyException e) {
      LOG.warn("lease id {} is another's: trying another one", id);
    }
  }

  // Sent once (L3): when its outcome is unknown the rest is not added anywhere else, and closing
  // the
  // lease brings it back.
  private void retire(Retired retired) {
    try {
      store.retire(retired.lease(), retired.rest());
    } catch (StoreException e) {
      LOG.warn("lease {} could not be retired: left to its closing", retired.lease(), e);
    }
  }

  private void learn(String budgetId, Standing standing, Moment asked) {
    List<LeaseBook> ofBudget = booksOf(budgetId);
    if (ofBudget.isEmpty()) {
      currentLog.get().ifPresent(log -> book(new BookId(budgetId, log)).learn(standing, asked));
    }
    ofBudget.forEach(book -> book.learn(standing, asked));
  }

  private List<LeaseBook> booksOf(String budgetId) {
    return books.entrySet().stream()
        .filter(entry -> entry.getKey().budgetId().equals(budgetId))
        .map(Map.Entry::getValue)
        .toList();
  }

  private LeaseBook book(BookId id) {
    return books.computeIfAbsent(id, _ -> new LeaseBook(id.budgetId(), terms));
  }

  /// A budget's leases of one log.
  private record BookId(String budgetId, LogName log) {
    static BookId of(Unit unit) {
      return new BookId(unit.budgetId(), unit.log());
    }

    // Equal records have equal hashes in every process: an enum's has not.
    @Override
    public int hashCode() {
      return budgetId.hashCode() * 31 + log.hashCode();
    }
  }
}
