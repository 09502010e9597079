package dev.lantern.ordercenter.weak;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Keeps instances with Redis from taking its silence for proof while another one accepts without.
///
/// An order that was accepted without a claim is in the ledger alone: Redis knows nothing of it,
/// and it has lost nothing, so its epoch (W2) does not tell either. A retry at an instance that has
/// Redis would be promised anew, even when the order has long been booked. So:
///
/// - who goes without Redis *marks* that in the ledger, again and again, and accepts only when its
///   first mark is `quiet` old and its last one `fresh`;
/// - who has Redis looks at the marks, and relies on a look for `trust`, which is less than
///   `quiet`, counted from before it was sent. In a round that opened before the last mark, or
///   while it has no look to rely on, it reads the ledger before it decides (A1).
///
/// So everyone knows before the first such order is accepted. It is K1's and a revision's way of
/// taking effect: known to all who still answer, before it counts. Elapsed time is the lesser of
/// both clocks for who waits, the greater for who relies.
///
/// [#tick] is called about twice a second by one thread; the rest is asked from anywhere.
public final class ClaimGaps {
  private final GapStore store;
  private final Lane lane;
  private final BooleanSupplier without;
  private final GapTerms terms;
  private final Clock clock;
  private volatile Marked marked = Marked.NEVER;
  private volatile Looked looked = Looked.NEVER;

  /// @param without whether this instance goes without claims now, or means to
  public ClaimGaps(
      GapStore store, Lane lane, BooleanSupplier without, GapTerms terms, Clock clock) {
    this.store = store;
    this.lane = lane;
    this.without = without;
    this.terms = terms;
    this.clock = clock;
  }

  /// Marks if this instance goes without; looks at the marks.
  public void tick() {
    if (without.getAsBoolean()) {
      Moment sent = clock.now();
      store.mark(lane);
      Marked before = marked;
      boolean goesOn =
          before.last().filter(last -> isWithin(last, sent, terms.fresh())).isPresent();
      Optional<Moment> first = goesOn ? before.first() : Optional.of(clock.now());
      marked = new Marked(first, Optional.of(sent));
    }
    Moment asked = clock.now();
    Optional<Instant> last = store.lastMark(lane);
    looked = new Looked(Optional.of(asked), last);
  }

  /// Whether everyone else knows by now, and goes on knowing.
  public boolean mayGoWithout() {
    Marked standing = marked;
    Moment now = clock.now();
    return standing.first().filter(first -> hasWaited(first, now)).isPresent()
        && standing.last().filter(last -> isWithin(last, now, terms.fresh())).isPresent();
  }

  /// Whether no order of a round that opened then was accepted without a claim.
  public boolean trustsSilence(Instant roundOpens) {
    Looked standing = looked;
    Moment now = clock.now();
    return standing.at().filter(at -> isWithin(at, now, terms.trust())).isPresent()
        && standing
            .mark()
            .filter(mark -> !mark.plus(terms.clocksDiffer()).isBefore(roundOpens))
            .isEmpty();
  }

  private boolean hasWaited(Moment first, Moment now) {
    Duration monotonic = Duration.ofNanos(now.monotonicNanos() - first.monotonicNanos());
    return monotonic.compareTo(terms.quiet()) >= 0;
  }

  private static boolean isWithin(Moment then, Moment now, Duration limit) {
    return now.since(then).compareTo(limit) <= 0;
  }

  /// This instance's own marks.
  ///
  /// @param first when the first of an unbroken row of them was acknowledged
  /// @param last when the last one was sent
  private record Marked(Optional<Moment> first, Optional<Moment> last) {
    static final Marked NEVER = new Marked(Optional.empty(), Optional.empty());
  }

  /// Everyone's.
  ///
  /// @param at before the look was sent
  private record Looked(Optional<Moment> at, Optional<Instant> mark) {
    static final Looked NEVER = new Looked(Optional.empty(), Optional.empty());
  }
}
