package dev.lantern.ordercenter.sweep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Walks over all tokens once and books those of some leases (L7): their log is gone, so nothing
/// else brings these orders into the books but their owners.
///
/// A page's tokens are dealt with before the walk goes on, so a walk that fails half-way goes on
/// where it was. A walk over servers that changed meanwhile proves nothing and is made again: a
/// cursor of one server says little to another.
///
/// Bounds: [#STEPS] pages a call. A token whose unit is not to be had is met again in the next
/// walk; after [#PATIENCE] walks its order is parked. For one thread.
public final class LeaseSweep {
  static final int STEPS = 20;
  static final int PATIENCE = 30;

  private final TokenStore tokens;
  private final Forcing forcing;
  private final Supplier<?> servers;
  private final SweepWatch watch;
  private final Deque<Integer> entrances = new ArrayDeque<>();
  private Set<Long> leases = Set.of();
  private Object seen = "";
  private String cursor = TokenStore.START;
  private boolean leftSome;
  private int walks;

  /// @param servers what tells one life of the servers of Redis A from another
  public LeaseSweep(TokenStore tokens, Forcing forcing, Supplier<?> servers, SweepWatch watch) {
    this.tokens = tokens;
    this.forcing = forcing;
    this.servers = servers;
    this.watch = watch;
  }

  /// Whose tokens are walked for; empty when no walk is under way.
  public Set<Long> leases() {
    return leases;
  }

  /// From the first token on, for these leases.
  public void begin(Set<Long> some) {
    leases = Set.copyOf(some);
    walks = 0;
    entrances.clear();
  }

  /// A stretch of the walk.
  ///
  /// @return the leases, once a whole walk has left no token of them; else none
  public Set<Long> goOn() {
    if (entrances.isEmpty()) {
      startWalk();
    }
    for (int step = 0; step < STEPS && !entrances.isEmpty(); step++) {
      TokenStore.Page page = tokens.walk(entrances.getFirst(), cursor);
      bookAll(page);
      cursor = page.next();
      if (page.isLast()) {
        entrances.removeFirst();
      }
    }
    return entrances.isEmpty() && !leftSome && servers.get().equals(seen) ? end() : Set.of();
  }

  private void startWalk() {
    seen = servers.get();
    leftSome = false;
    cursor = TokenStore.START;
    walks++;
    entrances.addAll(tokens.entrances());
  }

  private void bookAll(TokenStore.Page page) {
    if (page.unreadable() > 0) {
      watch.unreadable(page.unreadable());
    }
    List<StoredToken> done = new ArrayList<>();
    for (StoredToken token : page.tokens()) {
      if (leases.contains(token.promise().leaseId())) {
        book(token, done);
      }
    }
    tokens.remove(done);
  }

  private void book(StoredToken token, List<StoredToken> done) {
    Forcing.Outcome outcome = forcing.force(token.promise(), walks >= PATIENCE);
    switch (outcome) {
      case KNOWN -> done.add(token);
      case FORCED, PARKED -> {
        watch.forced(token, outcome);
        done.add(token);
      }
      case LATER -> leftSome = true;
    }
  }

  private Set<Long> end() {
    Set<Long> done = leases;
    leases = Set.of();
    return done;
  }
}
