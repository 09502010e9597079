package dev.lantern.proving.stages;

import dev.lantern.proving.stages.StageOracle.Child;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Holds every order, its number, its postings, its token and all balances against the oracle.
public final class StageCheck {
  private final StageOracle oracle;
  private final List<Wrong> wrong = new ArrayList<>();
  private final Map<String, Long> orders = new TreeMap<>();
  private long compared;

  private StageCheck(StageOracle oracle) {
    this.oracle = oracle;
  }

  /// What came of it.
  ///
  /// @param ordersByStage by the oracle
  /// @param compared how many comparisons the verdict rests on
  public record Verdict(Map<String, Long> ordersByStage, long compared, List<Wrong> wrong) {
    public Verdict {
      ordersByStage = Map.copyOf(ordersByStage);
      wrong = List.copyOf(wrong);
    }
  }

  /// What a client was handed for an order, and what it had asked for.
  ///
  /// @param openTime as it was sent, whatever the ledger says
  /// @param tokenChildId the child activity inside the signed token; empty where there was none
  public record Handed(String orderNo, Instant openTime, String tokenChildId) {}

  /// Judges what is kept and what was handed out.
  public static Verdict of(StageOracle oracle, StageRows rows, List<Handed> handed) {
    StageCheck check = new StageCheck(oracle);
    Map<String, Child> due = check.orders(rows.orders(), handed);
    check.money(rows.postings(), due);
    check.balances(rows, due);
    check.tokens(handed, due);
    return new Verdict(check.orders, check.compared, check.wrong);
  }

  private Map<String, Child> orders(List<StageRows.Order> rows, List<Handed> handed) {
    var sent = new HashMap<String, Handed>();
    handed.forEach(one -> sent.put(one.orderNo(), one));
    var due = new HashMap<String, Child>();
    for (StageRows.Order row : rows) {
      compared++;
      // The client's own word goes before the row's.
      Instant openTime =
          Optional.ofNullable(sent.get(row.orderNo())).map(Handed::openTime).orElse(row.openTime());
      Optional<Child> child = oracle.resolve(row.sceneId(), row.rainId(), openTime);
      if (child.isEmpty()) {
        wrong("ORDER", row.orderNo(), "no child has its round, opened at " + openTime);
        continue;
      }
      due.put(row.orderNo(), child.get());
      orders.merge(child.get().name(), 1L, Long::sum);
      compare(row, child.get());
    }
    return due;
  }

  private void compare(StageRows.Order row, Child child) {
    if (!row.childId().equals(child.id()) || row.stage() != child.stage()) {
      wrong(
          "ORDER",
          row.orderNo(),
          "kept as %s stage %d, the tree says %s stage %d"
              .formatted(row.childId(), row.stage(), child.id(), child.stage()));
    }
    if (!row.orderNo().endsWith("_" + child.stage())) {
      wrong("NUMBER", row.orderNo(), "the tree says stage " + child.stage());
    }
    if (!child.admits(row.actId())) {
      wrong("GUEST", row.orderNo(), row.actId() + " is not in the audience of " + child.id());
    }
  }

  private void money(List<StageRows.Money> postings, Map<String, Child> due) {
    for (StageRows.Money posting : postings) {
      Child child = due.get(posting.orderNo());
      if (child == null) {
        continue;
      }
      compared++;
      boolean right =
          posting.childId().equals(child.id())
              && posting.debit().equals("cost:" + child.id())
              && posting.credit().startsWith("user:" + posting.actId() + ":" + child.id() + ":");
      if (!right) {
        wrong(
            "MONEY",
            posting.orderNo(),
            "moved from %s to %s in %s, the tree says %s"
                .formatted(posting.debit(), posting.credit(), posting.childId(), child.id()));
      }
    }
  }

  /// Each user's balance of each child is what the oracle puts there.
  private void balances(StageRows rows, Map<String, Child> due) {
    var sums = new HashMap<String, Long>();
    for (StageRows.Order row : rows.orders()) {
      Child child = due.get(row.orderNo());
      if (row.booked() && row.amountFen() > 0 && child != null) {
        sums.merge(row.actId() + " " + child.id(), row.amountFen(), Long::sum);
      }
    }
    for (StageRows.Balance balance : rows.balances()) {
      compared++;
      String whose = balance.actId() + " " + balance.childId();
      Long sum = sums.remove(whose);
      if (sum == null || sum != balance.bookedFen() || balance.heldFen() != 0) {
        wrong(
            "BALANCE",
            whose,
            "holds %d fen, %d of them set aside; its orders by the tree are %s"
                .formatted(balance.bookedFen(), balance.heldFen(), sum));
      }
    }
    sums.forEach((whose, sum) -> wrong("BALANCE", whose, "is missing; its orders are " + sum));
  }

  private void tokens(List<Handed> handed, Map<String, Child> due) {
    for (Handed one : handed) {
      Child child = due.get(one.orderNo());
      if (child != null && !one.tokenChildId().isEmpty()) {
        compared++;
        if (!one.tokenChildId().equals(child.id())) {
          wrong("TOKEN", one.orderNo(), "signed for " + one.tokenChildId());
        }
      }
    }
  }

  private void wrong(String kind, String orderNo, String detail) {
    wrong.add(new Wrong(kind, orderNo, detail));
  }
}
