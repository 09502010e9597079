package dev.lantern.ordercenter.weak;

import dev.lantern.ordercenter.budget.Moment;
import java.time.Duration;

/// Flips one dependency's switch for this instance, from what it sees of that dependency, and back.
///
/// ```
/// CLOSED ── `failures` in a row, or as many within `window` and half of all, `lasting` ──▶ OPEN
/// OPEN ── rested ──▶ HALF_OPEN ── `probes` good ones in a row ──▶ CLOSED
///                        └── a bad one ──▶ OPEN, rested anew
/// ```
///
/// No user's call is a probe: while it is not CLOSED the instance goes without, and a duty of its
/// own probes. So a dependency that is half well costs nobody an answer. One that falls again soon
/// after it came back rests twice as long each time, so that callers do not see it flap.
///
/// Decides over what it is told, time included; thread-safe, and calls nothing.
public final class Breaker {
  /// Where it stands.
  public enum State {
    /// The dependency is used.
    CLOSED,
    /// It is not, and is left alone.
    OPEN,
    /// It is not, and is probed.
    HALF_OPEN
  }

  private final BreakerTerms terms;
  private volatile State state = State.CLOSED;
  private Moment since;
  private Moment windowBegan;
  private Moment rowBegan;
  private Duration rest;
  private boolean everOpen;
  private int good;
  private int bad;
  private int badInARow;
  private int goodProbes;

  public Breaker(BreakerTerms terms, Moment now) {
    this.terms = terms;
    this.since = now;
    this.windowBegan = now;
    this.rowBegan = now;
    this.rest = terms.rest();
  }

  public State state() {
    return state;
  }

  /// A call of a user's went well.
  public synchronized void succeeded(Moment now) {
    if (state == State.CLOSED) {
      turnWindow(now);
      good++;
      badInARow = 0;
    }
  }

  /// A call of a user's failed, or was late.
  public synchronized void failed(Moment now) {
    if (state != State.CLOSED) {
      return;
    }
    turnWindow(now);
    bad++;
    if (badInARow++ == 0) {
      rowBegan = now;
    }
    if (isRow(now) || isHalf(now)) {
      boolean soon = everOpen && now.since(since).compareTo(terms.steady()) < 0;
      rest = soon ? least(rest.multipliedBy(2), terms.longestRest()) : terms.rest();
      everOpen = true;
      become(State.OPEN, now);
    }
  }

  /// Whether the dependency is to be probed now.
  public synchronized boolean wantsProbe(Moment now) {
    if (state == State.OPEN && now.since(since).compareTo(rest) >= 0) {
      goodProbes = 0;
      become(State.HALF_OPEN, now);
    }
    return state == State.HALF_OPEN;
  }

  /// How a probe went.
  public synchronized void probed(boolean well, Moment now) {
    if (state != State.HALF_OPEN) {
      return;
    }
    if (!well) {
      become(State.OPEN, now);
    } else if (++goodProbes >= terms.probes()) {
      become(State.CLOSED, now);
    }
  }

  private boolean isRow(Moment now) {
    return badInARow >= terms.failures() && lasts(rowBegan, now);
  }

  private boolean isHalf(Moment now) {
    return bad >= terms.failures() && bad >= good && lasts(windowBegan, now);
  }

  private boolean lasts(Moment since, Moment now) {
    return now.since(since).compareTo(terms.lasting()) >= 0;
  }

  private void turnWindow(Moment now) {
    if (now.since(windowBegan).compareTo(terms.window()) >= 0) {
      startWindow(now);
    }
  }

  private void startWindow(Moment now) {
    windowBegan = now;
    good = 0;
    bad = 0;
  }

  private void become(State next, Moment now) {
    state = next;
    since = now;
    badInARow = 0;
    startWindow(now);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
