package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Walks over what is outstanding in Redis and compares it with the books: an order that is in them
/// for long should have no token, a token that is old should have an order.
///
/// The token is read first, then the books, then the token again: what was handled in between is no
/// finding. At the end of a walk what was not met again holds no longer. Not safe for threads.
public final class TokenPass {
  static final String TOKENS = "tokens";
  private static final int STEPS_A_TICK = 10;
  private static final int MOST = 1_000;
  private static final Duration REST = Duration.ofSeconds(20);

  private static final Set<Discrepancy> CLASSES =
      EnumSet.of(Discrepancy.STALE_TOKEN, Discrepancy.STUCK_OUTSTANDING);

  private final TokenStore tokens;
  private final OrderTimes orders;
  private final FindingStore findings;
  private final ReconcileWatch watch;
  private final Clock clock;
  private final Duration age;
  private final Deque<Integer> entrances = new ArrayDeque<>();
  private String cursor = TokenStore.START;
  private Instant walkSince = Instant.EPOCH;
  private int foundInWalk;
  private long restUntilNanos = Long.MIN_VALUE;

  /// A pass over one lane.
  ///
  /// @param age how long a token may outlive its order's booking, and its acceptance
  public TokenPass(
      TokenStore tokens,
      OrderTimes orders,
      FindingStore findings,
      ReconcileWatch watch,
      Clock clock,
      Duration age) {
    this.tokens = tokens;
    this.orders = orders;
    this.findings = findings;
    this.watch = watch;
    this.clock = clock;
    this.age = age;
  }

  /// Goes on with the walk, or begins another after a rest.
  public void tick(Leadership mine) {
    Moment now = clock.now();
    if (entrances.isEmpty()) {
      if (now.monotonicNanos() < restUntilNanos) {
        return;
      }
      entrances.addAll(tokens.entrances());
      walkSince = now.wall();
      foundInWalk = 0;
    }
    for (int step = 0; step < STEPS_A_TICK && !entrances.isEmpty(); step++) {
      TokenStore.Page page = tokens.walk(entrances.getFirst(), cursor);
      compare(mine, page.tokens(), now.wall());
      cursor = page.next();
      if (page.isLast()) {
        entrances.removeFirst();
      }
    }
    if (entrances.isEmpty()) {
      restUntilNanos = now.monotonicNanos() + REST.toNanos();
      if (foundInWalk < MOST) {
        findings.clearUnseen(mine, CLASSES, TOKENS, walkSince, clock.now().wall());
      }
    }
  }

  private void compare(Leadership mine, List<StoredToken> page, Instant now) {
    List<StoredToken> old =
        page.stream()
            .filter(token -> token.promise().acceptedAt().plus(age).isBefore(now))
            .limit(Math.max(0, MOST - foundInWalk))
            .toList();
    for (int from = 0; from < old.size(); from += Range.Keys.MOST) {
      List<StoredToken> some = old.subList(from, Math.min(old.size(), from + Range.Keys.MOST));
      List<Found> found = judge(some, now);
      foundInWalk += found.size();
      watch.recorded(TOKENS, findings.record(mine, found, clock.now().wall()));
    }
  }

  private List<Found> judge(List<StoredToken> old, Instant now) {
    Map<String, Instant> known =
        orders.of(
            old.stream()
                .map(t -> new OrderKey(t.promise().actId(), t.promise().orderNo().text()))
                .toList());
    Map<StoredToken, Found> suspects = new HashMap<>();
    for (StoredToken token : old) {
      Instant since = known.get(token.promise().orderNo().text());
      if (since == null) {
        suspects.put(token, of(Discrepancy.STUCK_OUTSTANDING, token, "not in the books"));
      } else if (since.plus(age).isBefore(now)) {
        suspects.put(token, of(Discrepancy.STALE_TOKEN, token, "in the books since " + since));
      }
    }
    List<Found> found = new ArrayList<>();
    tokens.stillThere(suspects.keySet()).forEach(token -> found.add(suspects.get(token)));
    return found;
  }

  private static Found of(Discrepancy what, StoredToken token, String detail) {
    var promise = token.promise();
    return Found.ofOrder(
            what,
            new OrderKey(promise.actId(), promise.orderNo().text()),
            promise.childActivityId(),
            promise.units(),
            "accepted at " + promise.acceptedAt() + ", its token is outstanding, " + detail)
        .within(TOKENS);
  }
}
