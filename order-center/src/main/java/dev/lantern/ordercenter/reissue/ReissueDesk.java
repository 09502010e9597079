package dev.lantern.ordercenter.reissue;

import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.BudgetTotal;
import dev.lantern.order.v1.ReissueHeader;
import dev.lantern.order.v1.ReissueRow;
import dev.lantern.order.v1.ReissueTotals;
import dev.lantern.order.v1.RewardTotal;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.ordercenter.reconcile.Declarations;
import dev.lantern.ordercenter.reconcile.Discrepancy;
import dev.lantern.ordercenter.reconcile.Filter;
import dev.lantern.ordercenter.reconcile.Finding;
import dev.lantern.ordercenter.reconcile.FindingMessages;
import dev.lantern.ordercenter.reconcile.FindingStore;
import dev.lantern.runtime.errors.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Makes reissues and moves them from state to state.
public final class ReissueDesk {
  static final int MOST_ROWS = 100_000;
  private static final int PAGE = 500;

  private final ReissueStore store;
  private final FindingStore findings;
  private final Declarations declarations;
  private final InstantSource clock;

  public ReissueDesk(
      ReissueStore store, FindingStore findings, Declarations declarations, InstantSource clock) {
    this.store = store;
    this.findings = findings;
    this.declarations = declarations;
    this.clock = clock;
  }

  /// What came of handing one in.
  record Created(Reissue reissue, ReissueTotals totals, boolean replayed) {}

  /// Makes a reissue, or says what it would be.
  ///
  /// @throws Refused as the contract says
  Created create(ReissueHeader header, List<ReissueRow> given, String author) {
    Instant now = Times.toMicros(clock.instant());
    List<ReissueRow> rows = header.hasFindings() ? rowsOf(header, given) : given;
    if (rows.isEmpty()) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "rows: there is nothing to pay").field("rows");
    }
    Draft.Drafted drafted = Draft.of(header, rows, declarations, now);
    ReissueTotals totals = totals(header, drafted);
    Reissue reissue = reissue(header, drafted, author, now);
    if (header.getDryRun()) {
      return new Created(reissue, totals, store.find(reissue.id()).isPresent());
    }
    if (totals.getOverCapCount() > 0 || totals.getOverTotalFen() > 0) {
      throw Refused.of(
              Reason.REASON_OVER_AMOUNT_CAP,
              totals.getOverCapCount()
                  + " rows are over their cap, all together "
                  + totals.getOverTotalFen()
                  + " fen over the total cap")
          .field(totals.getOverCapCount() > 0 ? "header.row_cap_fen" : "header.total_cap_fen");
    }
    boolean made = store.create(reissue, drafted.payments());
    return new Created(store.find(reissue.id()).orElse(reissue), totals, !made);
  }

  /// By order number, so that the same findings make the same reissue.
  private List<ReissueRow> rowsOf(ReissueHeader header, List<ReissueRow> given) {
    if (!given.isEmpty()) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "rows: either rows or findings").field("rows");
    }
    Filter asked = FindingMessages.filter(header.getFindings());
    Filter filter =
        new Filter(
            Optional.of(Discrepancy.MISSING_ORDER),
            Optional.of(Finding.State.OPEN),
            header.getActivityId(),
            asked.manifestId());
    List<ReissueRow> rows = new ArrayList<>();
    long before = Long.MAX_VALUE;
    while (rows.size() < MOST_ROWS) {
      List<Finding> page = findings.list(filter, before, PAGE);
      page.forEach(finding ->
          rows.add(
              ReissueRow.newBuilder()
                  .setOrderNo(finding.found().orderNo())
                  .setAmountFen(finding.found().amountFen())
                  .build()));
      if (page.size() < PAGE) {
        break;
      }
      before = page.getLast().id();
    }
    rows.removeIf(row -> row.getAmountFen() == 0);
    rows.sort(Comparator.comparing(ReissueRow::getOrderNo));
    return rows;
  }

  private ReissueTotals totals(ReissueHeader header, Draft.Drafted drafted) {
    Map<String, RewardTotal.Builder> rewards = new TreeMap<>();
    Map<String, Long> budgets = new TreeMap<>();
    long fen = 0;
    for (Payment payment : drafted.payments()) {
      fen = Math.addExact(fen, payment.amountFen());
      RewardTotal.Builder reward =
          rewards.computeIfAbsent(
              payment.rewardId(), id -> RewardTotal.newBuilder().setRewardId(id));
      var _ =
          reward
              .setRowCount(reward.getRowCount() + 1)
              .setAmountFen(reward.getAmountFen() + payment.amountFen());
      budgets.merge(payment.budgetId(), payment.amountFen(), Math::addExact);
    }
    ReissueTotals.Builder totals =
        ReissueTotals.newBuilder()
            .setRowCount(drafted.payments().size())
            .setAmountFen(fen)
            .setAlreadyBookedCount(store.booked(drafted.payments()).size())
            .setNewEntitlementCount(drafted.payments().stream().filter(Payment::entitled).count())
            .setOverCapCount(drafted.overCap())
            .setOverTotalFen(Math.max(0, fen - header.getTotalCapFen()));
    rewards.values().forEach(totals::addRewards);
    Map<String, Long> free = store.free(budgets.keySet());
    budgets.forEach((id, amount) ->
        totals.addBudgets(
            BudgetTotal.newBuilder()
                .setBudgetId(id)
                .setAmountFen(amount)
                .setFreeFen(free.getOrDefault(id, 0L))));
    return totals.build();
  }

  private static Reissue reissue(
      ReissueHeader header, Draft.Drafted drafted, String author, Instant now) {
    return new Reissue(
        drafted.id(),
        header.getRequestId(),
        header.getCause(),
        header.getActivityId(),
        header.getReason(),
        "",
        Reissue.State.CREATED,
        new Reissue.Caps(header.getRowCapFen(), header.getTotalCapFen()),
        header.getRowsPerSecond(),
        drafted.payments().size(),
        drafted.payments().stream().mapToLong(Payment::amountFen).sum(),
        author,
        now,
        "",
        Optional.empty(),
        Optional.empty(),
        "",
        0,
        0);
  }

  /// Lets it begin; only for somebody else than its creator.
  Reissue approve(String id, String actor, String requestId, String reason) {
    return move(
        new ReissueStore.Step(
            id,
            Set.of(Reissue.State.CREATED),
            Reissue.State.RUNNING,
            true,
            actor,
            requestId,
            reason),
        Set.of(Reissue.State.RUNNING, Reissue.State.PAUSED, Reissue.State.DONE));
  }

  Reissue pause(String id, String actor, String requestId, String reason) {
    return move(
        step(id, Set.of(Reissue.State.RUNNING), Reissue.State.PAUSED, actor, requestId, reason),
        Set.of(Reissue.State.PAUSED));
  }

  Reissue resume(String id, String actor, String requestId, String reason) {
    return move(
        step(id, Set.of(Reissue.State.PAUSED), Reissue.State.RUNNING, actor, requestId, reason),
        Set.of(Reissue.State.RUNNING, Reissue.State.DONE));
  }

  Reissue cancel(String id, String actor, String requestId, String reason) {
    return move(
        step(
            id,
            Set.of(Reissue.State.CREATED, Reissue.State.RUNNING, Reissue.State.PAUSED),
            Reissue.State.CANCELLED,
            actor,
            requestId,
            reason),
        Set.of(Reissue.State.CANCELLED));
  }

  private static ReissueStore.Step step(
      String id,
      Set<Reissue.State> from,
      Reissue.State to,
      String actor,
      String requestId,
      String reason) {
    return new ReissueStore.Step(id, from, to, false, actor, requestId, reason);
  }

  /// Takes a step, or tells why it cannot be taken.
  ///
  /// @param done where it stands already when the same step was taken before
  private Reissue move(ReissueStore.Step step, Set<Reissue.State> done) {
    boolean moved = store.move(step, Times.toMicros(clock.instant()));
    Reissue reissue =
        store
            .find(step.id())
            .orElseThrow(
                () -> Refused.of(Reason.REASON_NOT_FOUND, "no such reissue").field("reissue_id"));
    if (!moved && step.byAnother() && reissue.createdBy().equals(step.actor())) {
      throw Refused.of(
          Reason.REASON_SELF_APPROVAL, "somebody else than " + step.actor() + " must approve it");
    }
    if (!moved && !done.contains(reissue.state())) {
      throw Refused.of(Reason.REASON_WRONG_STATE, "the reissue is " + reissue.state());
    }
    return reissue;
  }
}
