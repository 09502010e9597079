package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.LeasesByLog;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.AcceptResult.Refused;
import dev.lantern.ordercenter.order.Choosing.Choice;
import dev.lantern.ordercenter.order.OrderReader.Found;
import dev.lantern.ordercenter.order.Promises.Look;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Turns a resolved request into an acknowledged order, at most one per number: rules A1 to A4.
///
/// An instance that goes without Redis ([Mode#claims] is false) has neither token nor claim to look
/// at and writes none: it reads the ledger first, and the ledger's unique key decides who was
/// first.
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

  private final Promises promises;
  private final OrderReader orders;
  private final LeasesByLog leases;
  private final Choosing choosing;
  private final ClosedLeases closedLeases;
  private final Issue issue;
  private final Replay replay;
  private final Modes modes;
  private final Clock clock;
  private final Supplier<String> opIds;

  /// The flow over its stores, without daily caps.
  ///
  /// @param opIds a name for each write of a claim, never given twice
  public Accept(
      Promises promises,
      OrderReader orders,
      LeasesByLog leases,
      ClosedLeases closedLeases,
      Issue issue,
      Replay replay,
      Modes modes,
      Clock clock,
      Supplier<String> opIds) {
    this(
        promises,
        orders,
        leases,
        closedLeases,
        issue,
        replay,
        modes,
        clock,
        opIds,
        Allowance.UNLIMITED);
  }

  /// The same, each person's day being looked at; booking holds the cap in any case.
  public Accept(
      Promises promises,
      OrderReader orders,
      LeasesByLog leases,
      ClosedLeases closedLeases,
      Issue issue,
      Replay replay,
      Modes modes,
      Clock clock,
      Supplier<String> opIds,
      Allowance allowance) {
    this.promises = promises;
    this.orders = orders;
    this.leases = leases;
    this.choosing = new Choosing(leases, allowance);
    this.closedLeases = closedLeases;
    this.issue = issue;
    this.replay = replay;
    this.modes = modes;
    this.clock = clock;
    this.opIds = opIds;
  }

  /// Whether all of these leases are CLOSED, as the ledger says now.
  @FunctionalInterface
  public interface ClosedLeases {
    boolean allClosed(List<Long> leases);
  }

  public AcceptResult accept(AcceptRequest request) {
    Optional<Mode> mode = modes.choose(request);
    return mode.filter(Mode::claims).isPresent()
        ? acceptWithClaims(request, mode.get())
        : acceptByLedger(request, mode);
  }

  private AcceptResult acceptWithClaims(AcceptRequest request, Mode mode) {
    // A1: look before refusing or taking.
    Look look = promises.look(request.lane(), request.orderNo());
    boolean read = needsPointRead(request, look);
    Optional<AcceptResult> known = known(request, look, read);
    if (known.isPresent()) {
      return known.get();
    }
    if (look.claim().isEmpty() && request.refusal().isPresent()) {
      return new Refused(request.refusal().get());
    }
    // A3: a full queue is refused before anything is taken.
    if (issue.isFull(request, mode)) {
      return full();
    }
    Course course = new Course(mode, read);
    return look.claim().isPresent()
        ? follow(request, course, look.claim().get(), TRIES)
        : decide(request, course, Optional.empty(), TRIES);
  }

  private Optional<AcceptResult> known(AcceptRequest request, Look look, boolean read) {
    if (read) {
      Found found = orders.find(request.orderNo());
      if (!(found instanceof Found.Nothing)) {
        // A row beats a token.
        return Optional.of(replay.of(request, found));
      }
    }
    return look.token().map(token -> replay.of(request, token));
  }

  private boolean needsPointRead(AcceptRequest request, Look look) {
    boolean claimAlone = look.claim().isPresent() && look.token().isEmpty();
    boolean late =
        request.refusal().map(Refusal::reason).filter(Accept::mayHideABookedOrder).isPresent();
    return claimAlone
        || late
        || look.youngerThan(request.roundOpens())
        || !modes.trustsSilence(request.roundOpens());
  }

  private AcceptResult acceptByLedger(AcceptRequest request, Optional<Mode> mode) {
    Found found = orders.find(request.orderNo());
    if (!(found instanceof Found.Nothing)) {
      return replay.of(request, found);
    }
    // Who has just lost Redis says nothing that an order on its way to the books would give the
    // lie.
    Optional<Refusal> due =
        request.refusal().filter(it -> mode.isPresent() || !mayHideABookedOrder(it.reason()));
    if (due.isPresent()) {
      return new Refused(due.get());
    }
    if (mode.isEmpty()) {
      return refused(Reason.REASON_DEPENDENCY_DOWN, "orders are not taken for a moment");
    }
    if (issue.isFull(request, mode.get())) {
      return full();
    }
    Course course = new Course(mode.get(), true);
    Instant now = clock.now().wall();
    return switch (choosing.choose(request, course.mode(), now)) {
      case Choice.None(Refusal refusal) -> new Refused(refusal);
      case Choice.Made made ->
          issue.issue(request, course, Claim.of(request, made, opIds.get(), now), made.unit());
    };
  }

  private static boolean mayHideABookedOrder(Reason reason) {
    // A revision may have lowered the cap since.
    return reason == Reason.REASON_ROUND_CLOSED
        || reason == Reason.REASON_OPEN_TIME_SKEWED
        || reason == Reason.REASON_OVER_AMOUNT_CAP;
  }

  // A2: take, then claim. `over` is a claim that may be replaced, if there is one.
  private AcceptResult decide(
      AcceptRequest request, Course course, Optional<Claim.Seen> over, int triesLeft) {
    // One moment, so that the day that is asked for is the day the order belongs to.
    Instant now = clock.now().wall();
    return switch (choosing.choose(request, course.mode(), now)) {
      case Choice.None(Refusal refusal) -> new Refused(refusal);
      case Choice.Made made ->
          claim(
              request,
              course,
              Claim.of(request, made, opIds.get(), now),
              made.unit(),
              over,
              triesLeft);
    };
  }

  private AcceptResult claim(
      AcceptRequest request,
      Course course,
      Claim mine,
      Optional<Unit> unit,
      Optional<Claim.Seen> over,
      int triesLeft) {
    Optional<Claim.Seen> stands = write(request, mine, unit, over);
    if (stands.filter(seen -> seen.claim().equals(mine)).isPresent()) {
      return issue.issue(request, course, mine, unit);
    }
    // An earlier claim wins: our unit was never sent.
    unit.ifPresent(leases::putBack);
    return stands.isPresent()
        ? follow(request, course, stands.get(), triesLeft - 1)
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
  private AcceptResult follow(
      AcceptRequest request, Course course, Claim.Seen seen, int triesLeft) {
    Claim claim = seen.claim();
    if (!claim.fingerprint().equals(request.fingerprint())) {
      return new Refused(Conflicts.with(request, claim.requestedAmount()));
    }
    if (triesLeft <= 0) {
      return unknown("the claim keeps changing");
    }
    if (!claim.outcome().needsBudget()) {
      return issue.issue(request, course, claim, Optional.empty());
    }
    if (claim.leases().size() >= MAX_LEASES) {
      return replace(request, course, seen, triesLeft);
    }
    Take take =
        leases.take(claim.outcome().budgetId(), claim.outcome().units(), course.mode().log());
    if (!(take instanceof Take.Taken(Unit unit))) {
      return replace(request, course, seen, triesLeft);
    }
    if (claim.leases().contains(unit.leaseId().value())) {
      return issue.issue(request, course, claim, Optional.of(unit));
    }
    Claim with = claim.with(unit.leaseId().value(), opIds.get());
    Optional<Claim.Seen> stands = write(request, with, Optional.of(unit), Optional.of(seen));
    if (stands.filter(now -> now.claim().equals(with)).isPresent()) {
      return issue.issue(request, course, with, Optional.of(unit));
    }
    leases.putBack(unit);
    return stands.isPresent()
        ? follow(request, course, stands.get(), triesLeft - 1)
        : unknown("the claim vanished");
  }

  // A2: only when no record of the claim can count any more is it replaced: all its leases are
  // CLOSED and then, read afterwards, the number is nowhere.
  private AcceptResult replace(
      AcceptRequest request, Course course, Claim.Seen seen, int triesLeft) {
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
    return decide(request, course, Optional.of(seen), triesLeft);
  }

  private static AcceptResult refused(Reason reason, String message) {
    return new Refused(Refusal.of(reason, message));
  }

  static AcceptResult full() {
    return refused(Reason.REASON_QUEUE_FULL, "too many orders wait to be booked");
  }

  static AcceptResult unknown(String message) {
    return refused(Reason.REASON_OUTCOME_UNKNOWN, message);
  }

  /// One call's way.
  ///
  /// @param read whether the ledger was read for this number: then nothing rests on Redis' silence
  record Course(Mode mode, boolean read) {}
}
