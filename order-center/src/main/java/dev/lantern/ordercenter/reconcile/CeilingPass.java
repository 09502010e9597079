package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.reconcile.Signatures.Signed;
import dev.lantern.ordercenter.reconcile.TokenCounts.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/// Tokens ↔ orders: as every root is logged before its tokens leave, no more orders with a token
/// can be booked than tokens were signed. If there are, somebody writes orders, or signs, past
/// token-service: signing halts, and answers go by the server's records alone until an operator has
/// looked.
///
/// Orders are counted first, the log's sum is read afterwards. What is older than the longest
/// booking is counted once and for all; what is younger each time, and not beyond [#MOST]: the
/// ceiling may be told late, never wrongly. Orders accepted before the log began are not counted.
/// Not safe for threads.
public final class CeilingPass {
  static final String NAME = "ceiling";
  static final long MOST = 200_000;

  private static final Duration REST = Duration.ofSeconds(5);
  private static final Duration SURE = Duration.ofMinutes(10);
  private static final Duration STRIDE = Duration.ofMinutes(1);
  private static final Set<Discrepancy> CLASS = Set.of(Discrepancy.OVER_CEILING);

  private final Signatures signatures;
  private final TokenCounts counts;
  private final FindingStore findings;
  private final LongConsumer surplus;
  private final Clock clock;
  private long restUntilNanos = Long.MIN_VALUE;

  /// A pass over one lane.
  ///
  /// @param surplus told how many more tokens were signed than orders are booked
  public CeilingPass(
      Signatures signatures,
      TokenCounts counts,
      FindingStore findings,
      LongConsumer surplus,
      Clock clock) {
    this.signatures = signatures;
    this.counts = counts;
    this.findings = findings;
    this.surplus = surplus;
    this.clock = Reconciler.inMicros(clock);
  }

  /// Compares, or rests. Throws what token-service's call throws.
  public void tick(Leadership mine) {
    Moment now = clock.now();
    if (now.monotonicNanos() < restUntilNanos) {
      return;
    }
    restUntilNanos = now.monotonicNanos() + REST.toNanos();
    Instant since = signatures.signed().since().orElse(null);
    if (since == null) {
      return;
    }
    Counted sure = onward(mine, since, now.wall().minus(SURE));
    long orders = sure.orders() + counts.booked(sure.until(), now.wall(), since, MOST);
    Signed signed = signatures.signed();
    surplus.accept(signed.tokens() - orders);
    judge(mine, signed.tokens(), orders, now.wall());
  }

  /// A stride on, if there is one to make; what has fallen far behind follows stride by stride.
  private Counted onward(Leadership mine, Instant since, Instant limit) {
    Counted counted = counts.counted(since);
    Instant to = counted.until().plus(STRIDE);
    if (to.isAfter(limit)) {
      return counted;
    }
    Counted next =
        new Counted(
            to, counted.orders() + counts.booked(counted.until(), to, since, Long.MAX_VALUE));
    counts.advance(mine, counted, next);
    return next;
  }

  private void judge(Leadership mine, long signed, long orders, Instant now) {
    if (orders <= signed) {
      findings.clearUnseen(mine, CLASS, NAME, now, now);
      return;
    }
    String detail = orders + " orders with a token, " + signed + " tokens signed";
    if (findings.open(CLASS, 0, 1).isEmpty()) {
      // First, so that a death in between does not leave it undone; operators let it go on, once.
      signatures.halt("over the ceiling: " + detail);
    }
    var found =
        Found.of(Discrepancy.OVER_CEILING, NAME, "", 0, orders - signed, detail).within(NAME);
    var _ = findings.record(mine, List.of(found), now);
  }
}
