package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;

/// One lease in the hands of its holder. Not thread-safe: its book guards it.
///
/// It may be spent while OPEN, and answered for until its deadline. RETIRED: nothing is taken any
/// more, orders under way are still answered until the deadline it had. LOST: the ledger says it is
/// not OPEN; neither, at once (L2).
final class HeldLease {
  enum Phase {
    OPEN,
    RETIRED,
    LOST
  }

  final LeaseId id;
  final LogName log;
  final Moment grantedAt;
  private Moment confirmedAt;
  private Moment lastTakenAt;
  private Phase phase = Phase.OPEN;
  private long restFen;
  private long fellShortOfFen;

  /// A fresh lease.
  ///
  /// @param sentAt before the grant (or the heartbeat that confirmed it) was sent
  HeldLease(LeaseId id, LogName log, Fen slice, Moment sentAt) {
    this.id = id;
    this.log = log;
    this.grantedAt = sentAt;
    this.confirmedAt = sentAt;
    this.lastTakenAt = sentAt;
    this.restFen = slice.value();
  }

  boolean withinDeadline(LeaseTerms terms, Moment now) {
    return phase != Phase.LOST && now.since(confirmedAt).compareTo(terms.spendable()) < 0;
  }

  boolean spendable(LeaseTerms terms, Moment now) {
    return phase == Phase.OPEN && withinDeadline(terms, now);
  }

  /// Takes if it can; remembers when it could not.
  boolean take(Fen amount, Moment now) {
    if (restFen < amount.value()) {
      fellShortOfFen = Math.max(fellShortOfFen, amount.value());
      return false;
    }
    restFen -= amount.value();
    lastTakenAt = now;
    return true;
  }

  void putBack(Fen amount) {
    if (phase == Phase.OPEN) {
      restFen += amount.value();
    }
  }

  void confirm(Moment sentAt) {
    if (phase == Phase.OPEN) {
      confirmedAt = sentAt;
    }
  }

  void lose() {
    phase = Phase.LOST;
    restFen = 0;
  }

  /// Ends spending and hands over what was never taken.
  Fen retire() {
    Fen rest = Fen.of(restFen);
    phase = Phase.RETIRED;
    restFen = 0;
    return rest;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /// The largest take it could not serve; 0 when it served all.
  long fellShortOfFen() {
    return fellShortOfFen;
  }

  long restFen() {
    return restFen;
  }

  Moment lastTakenAt() {
    return lastTakenAt;
  }
}
