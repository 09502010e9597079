package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.AcceptResult.Refused;
import dev.lantern.ordercenter.order.OrderReader.Found;
import dev.lantern.ordercenter.order.Promises.Look;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Turns a resolved request into an acknowledged order, at most one per number: rules A1 to A4.
///
/// The order of the calls is the protocol; each comment names the rule it keeps. Refusals that
/// follow from the request alone were worked out before and are told only after looking (A1): a
/// retry of an accepted order gets its answer even when the round is over.
///
/// Failures before the append put the unit back and pass through: nothing was promised. From the
/// append on every failure is OUTCOME_UNKNOWN, and the unit stays taken (L3).
public final class Accept {
  private static final int TRIES = 5;
  private static final int MAX_LEASES = 64;
  private static final Duration COME_BACK = Duration.ofSeconds(1);

  private final Promises promises;
  private final OrderReader orders;
  private final Leases leases;
  private final ClosedLeases closedLeases;
  private final Issue issue;
  private final Replay replay;
  private final Clock clock;
  private final Supplier<String> opIds;
  private final Allowance allowance;

  /// The flow over its stores, without daily caps.
  ///
  /// @param opIds a name for each write of a claim, never given twice
  public Accept(
      Promises promises,
      OrderReader orders,
      Leases leases,
      ClosedLeases closedLeases,
      Issue issue,
      Replay replay,
      Clock clock,
      Supplier<String> opIds) {
    this(promises, orders, leases, closedLeases, issue, replay, clock, opIds, Allowance.UNLIMITED);
  }

  /// The same, each person's day being looked at.
  public Accept(
      Promises promises,
      OrderReader orders,
      Leases leases,
      ClosedLeases closedLeases,
      Issue issue,
      Replay replay,
      Clock clock,
      Supplier<String> opIds,
      Allowance allowance) {
    this.promises = promises;
    this.orders = orders;
    this.leases = leases;
    this.closedLeases = closedLeases;
    this.issue = issue;
    this.replay = replay;
    this.clock = clock;
    this.opIds = opIds;
    this.allowance = allowance;
  }

  /// Whether all of these leases are CLOSED, as the ledger says now.
  @FunctionalInterface
  public interface ClosedLeases {
    boolean allClosed(List<Long> leases);
  }

  public AcceptResult accept(AcceptRequest request) {
    // A1: look before refusing or taking.
    Look look = promises.look(request.lane(), request.orderNo());
    Optional<AcceptResult> known = known(request, look);
    if (known.isPresent()) {
      return known.get();
    }
    if (look.claim().isEmpty() && request.refusal().isPresent()) {
      return new Refused(request.refusal().get());
    }
    // A3: a full queue is refused before anything is taken.
    if (issue.isFull(request)) {
      return refused(Reason.REASON_QUEUE_FULL, "too many orders wait to be booked");
    }
    return look.claim().isPresent()
        ? follow(request, look.claim().get(), TRIES)
        : decide(request, Optional.empty(), TRIES);
  }

  private Optional<AcceptResult> known(AcceptRequest request, Look look) {
    if (needsPointRead(request, look)) {
      Found found = orders.find(request.orderNo());
      if (!(found instanceof Found.Nothing)) {
        // A row beats a token.
        return Optional.of(replay.of(request, found));
      }
    }
    return look.token().map(token -> replay.of(request, token));
  }

  private static boolean needsPointRead(AcceptRequest request, Look look) {
    boolean claimAlone = look.claim().isPresent() && look.token().isEmpty();
    boolean late =
        request.refusal().map(Refusal::reason).filter(Accept::mayHideABookedOrder).isPresent();
    return claimAlone || late || look.youngerThan(request.roundOpens());
  }

  private static boolean mayHideABookedOrder(Reason reason) {
    // A revision may have lowered the cap since.
    return reason == Reason.REASON_ROUND_CLOSED
        || reason == Reason.REASON_OPEN_TIME_SKEWED
        || reason == Reason.REASON_OVER_AMOUNT_CAP;
  }

  // A2: take, then claim. `over` is a claim that may be replaced, if there is one.
  private AcceptResult decide(AcceptRequest request, Optional<Claim.Seen> over, int triesLeft) {
    Choice choice = choose(request.options());
    return switch (choice) {
      case Choice.None(Refusal refusal) -> new Refused(refusal);
      case Choice.Made(Outcome outcome, Optional<Unit> unit) ->
          admitted(request, outcome, unit)
              ? claim(request, outcome, unit, over, triesLeft)
              : refused(Reason.REASON_OVER_DAILY_CAP, "that is all one person may have in a day");
    };
  }

  // Before the claim, so that a claim that stands was admitted.
  private boolean admitted(AcceptRequest request, Outcome outcome, Optional<Unit> unit) {
    try {
      boolean admitted = allowance.admits(request, outcome, clock.now().wall());
      if (!admitted) {
        unit.ifPresent(leases::putBack);
      }
      return admitted;
    } catch (RuntimeException e) {
      unit.ifPresent(leases::putBack);
      throw e;
    }
  }

  private AcceptResult claim(
      AcceptRequest request,
      Outcome outcome,
      Optional<Unit> unit,
      Optional<Claim.Seen> over,
      int triesLeft) {
    Claim mine =
        new Claim(
            request.fingerprint(),
            outcome,
            unit.map(u -> List.of(u.leaseId().value())).orElse(List.of()),
            opIds.get(),
            request.requestedAmount(),
            request.openTime(),
            clock.now().wall(),
            request.appId());
    Optional<Claim.Seen> stands = write(request, mine, unit, over);
    if (stands.filter(seen -> seen.claim().equals(mine)).isPresent()) {
      return issue.issue(request, mine, unit);
    }
    // An earlier claim wins: our unit was never sent.
    unit.ifPresent(leases::putBack);
    return stands.isPresent()
        ? follow(request, stands.get(), triesLeft - 1)
        : unknown("the claim vanished");
  }

  private Optional<Claim.Seen> write(
      AcceptRequest request, Claim mine, Optional<Unit> unit, Optional<Claim.Seen> over) {
    try {
      return over.isPresent()
          ? promises.replace(request.lane(), request.orderNo(), over.get(), mine)
          : Optional.of(
              promises.claim(request.lane(), request.orderNo(), mine, request.claimExpiry()));
    } catch (RuntimeException e) {
      unit.ifPresent(leases::putBack);
      throw e;
    }
  }

  // A2: an earlier claim's outcome is followed, with a unit of one's own lease.
  private AcceptResult follow(AcceptRequest request, Claim.Seen seen, int triesLeft) {
    Claim claim = seen.claim();
    if (!claim.fingerprint().equals(request.fingerprint())) {
      return new Refused(Conflicts.with(request, claim.requestedAmount()));
    }
    if (triesLeft <= 0) {
      return unknown("the claim keeps changing");
    }
    if (!claim.outcome().needsBudget()) {
      return issue.issue(request, claim, Optional.empty());
    }
    if (claim.leases().size() >= MAX_LEASES) {
      return replace(request, seen, triesLeft);
    }
    Take take = leases.take(claim.outcome().budgetId(), claim.outcome().units());
    if (!(take instanceof Take.Taken(Unit unit))) {
      return replace(request, seen, triesLeft);
    }
    if (claim.leases().contains(unit.leaseId().value())) {
      return issue.issue(request, claim, Optional.of(unit));
    }
    Claim with = claim.with(unit.leaseId().value(), opIds.get());
    Optional<Claim.Seen> stands = write(request, with, Optional.of(unit), Optional.of(seen));
    if (stands.filter(now -> now.claim().equals(with)).isPresent()) {
      return issue.issue(request, with, Optional.of(unit));
    }
    leases.putBack(unit);
    return stands.isPresent()
        ? follow(request, stands.get(), triesLeft - 1)
        : unknown("the claim vanished");
  }

  // A2: only when no record of the claim can count any more is it replaced: all its leases are
  // CLOSED and then, read afterwards, the number is nowhere.
  private AcceptResult replace(AcceptRequest request, Claim.Seen seen, int triesLeft) {
    if (!closedLeases.allClosed(seen.claim().leases())) {
      return unknown("an earlier call for this order is not settled yet");
    }
    Found found = orders.find(request.orderNo());
    if (!(found instanceof Found.Nothing)) {
      return replay.of(request, found);
    }
    if (request.refusal().isPresent()) {
      return new Refused(request.refusal().get());
    }
    return decide(request, Optional.of(seen), triesLeft);
  }

  private Choice choose(Options options) {
    if (options.fallback().isPresent() && isUnderThreshold(options)) {
      return take(options.fallback().get());
    }
    Choice main = take(options.main());
    // The failed take has brought fresh figures.
    boolean compensate =
        main instanceof Choice.None && options.fallback().isPresent() && isUnderThreshold(options);
    return compensate ? take(options.fallback().orElseThrow()) : main;
  }

  private boolean isUnderThreshold(Options options) {
    return options.thresholdPercent() > 0
        && options.main().needsBudget()
        && leases
            .remaining(options.main().budgetId())
            .filter(remaining -> remaining.isUnder(options.thresholdPercent()))
            .isPresent();
  }

  private Choice take(Outcome outcome) {
    if (!outcome.needsBudget()) {
      return new Choice.Made(outcome, Optional.empty());
    }
    return switch (leases.take(outcome.budgetId(), outcome.units())) {
      case Take.Taken(Unit unit) -> new Choice.Made(outcome, Optional.of(unit));
      case Take.SoldOut() ->
          new Choice.None(Refusal.of(Reason.REASON_SOLD_OUT, "the budget is spent"));
      case Take.Busy() ->
          new Choice.None(
              Refusal.of(Reason.REASON_BUDGET_BUSY, "what is left may come back shortly")
                  .retryAfter(COME_BACK));
      case Take.Frozen() ->
          new Choice.None(
              Refusal.of(Reason.REASON_BUDGET_FROZEN, "spending from the budget is stopped"));
    };
  }

  private static AcceptResult refused(Reason reason, String message) {
    return new Refused(Refusal.of(reason, message));
  }

  static AcceptResult unknown(String message) {
    return refused(Reason.REASON_OUTCOME_UNKNOWN, message);
  }

  private sealed interface Choice {
    record Made(Outcome outcome, Optional<Unit> unit) implements Choice {}

    record None(Refusal refusal) implements Choice {}
  }
}
