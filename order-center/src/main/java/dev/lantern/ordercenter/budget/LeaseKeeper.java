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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps this instance's leases: grants when a book wants one, beats for those held, retires those
/// that are due (L1 to L3).
///
/// The steps ([#beat], [#tend]) are plain calls; [LeaseThreads] repeats them. A take that finds
/// nothing waits at most `grantWait` for the next grant.
public final class LeaseKeeper implements Leases {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  private final LeaseStore store;
  private final Supplier<Optional<LogName>> currentLog;
  private final LeaseIds ids;
  private final String holder;
  private final LeaseTerms terms;
  private final Duration grantWait;
  private final Clock clock;
  private final Map<String, LeaseBook> books = new ConcurrentHashMap<>();
  private volatile Runnable wake = () -> {};

  /// A keeper without any lease.
  ///
  /// @param currentLog where records of new leases go; no lease is granted while there is none
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
    LeaseBook book = book(budgetId);
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
    book(unit.budgetId()).putBack(unit);
  }

  @Override
  public boolean mayAnswer(Unit unit) {
    return book(unit.budgetId()).mayAnswer(unit, clock.now());
  }

  @Override
  public Optional<Remaining> remaining(String budgetId) {
    LeaseBook book = book(budgetId);
    Optional<Remaining> known = book.remaining(clock.now());
    if (known.isPresent()) {
      return known;
    }
    Moment asked = clock.now();
    store.standings(List.of(budgetId)).forEach((_, standing) -> book.learn(standing, asked));
    return book.remaining(clock.now());
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
    Map<String, Standing> standings = store.standings(books.keySet());
    standings.forEach((budgetId, standing) -> book(budgetId).learn(standing, asked));
  }

  /// Grants what the books want and retires what is due.
  ///
  /// @throws StoreException when the ledger did not answer; what was retired stays retired
  public void tend() {
    for (Map.Entry<String, LeaseBook> entry : books.entrySet()) {
      LeaseBook book = entry.getValue();
      Optional<Wanted> wanted = book.wanted(clock.now());
      Optional<LogName> log = currentLog.get();
      if (wanted.isPresent() && log.isPresent()) {
        grant(entry.getKey(), book, wanted.get(), log.get());
      }
      book.retire(clock.now(), log).forEach(this::retire);
    }
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

  private void grant(String budgetId, LeaseBook book, Wanted wanted, LogName log) {
    Moment sentAt = clock.now();
    LeaseId id = ids.next(sentAt);
    GrantRequest request =
        new GrantRequest(
            id,
            budgetId,
            holder,
            wanted.needed(),
            wanted.slice(),
            wanted.shareOfFree(),
            log,
            terms.time());
    try {
      switch (store.grant(request)) {
        case Granting.Granted(Fen slice, Standing standing) ->
            book.granted(id, log, slice, standing, sentAt);
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

  private LeaseBook book(String budgetId) {
    return books.computeIfAbsent(budgetId, id -> new LeaseBook(id, terms));
  }
}
