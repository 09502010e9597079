package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.laws.Promises.Outcome;
import dev.lantern.proving.laws.StoreFacts.BudgetRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// CAP: what clients were promised never exceeds a budget. Promises are never taken back, so their
/// sum only rises and its last value is its greatest: if that is covered, every instant was.
final class CapCheck implements LawCheck {
  @Override
  public Law law() {
    return Law.CAP;
  }

  @Override
  public Examined check(Facts facts) {
    var findings = new ArrayList<Finding>();
    Map<String, BudgetRow> budgets =
        facts.stores().budgets().stream().collect(Collectors.toMap(BudgetRow::budgetId, b -> b));
    compare(facts.stores(), kept(facts.stores()), budgets, "kept", findings);
    long things = budgets.size();
    if (facts.run().isPresent()) {
      RunRecord run = facts.run().get();
      Map<String, Long> promised = promised(run, Promises.of(run, facts.log()));
      compare(facts.stores(), promised, budgets, "promised", findings);
      compareDeclared(run, budgets, findings);
      things = promised.size();
    }
    return new Examined(things, findings);
  }

  /// Units promised by budget, fen or things, each outcome of each number once.
  private static Map<String, Long> promised(RunRecord run, Promises promises) {
    var promised = new HashMap<String, Long>();
    promises
        .acks()
        .forEach((number, acks) -> {
          RunRecord.Scene scene = run.scene(acks.getFirst().entry()).orElse(null);
          for (Outcome outcome : promises.outcomes(number)) {
            promised.merge(budget(scene, outcome), units(scene, outcome), Long::sum);
          }
        });
    promised.remove("");
    return promised;
  }

  private static long units(RunRecord.@Nullable Scene scene, Outcome outcome) {
    boolean thing = scene != null && scene.ofThings() && !outcome.fallback();
    return thing ? 1 : outcome.amountFen();
  }

  /// Empty where an outcome needs no budget.
  private static String budget(RunRecord.@Nullable Scene scene, Outcome outcome) {
    if (scene == null) {
      return outcome.amountFen() == 0 ? "" : "undeclared";
    }
    return outcome.fallback() ? scene.fallbackBudgetId() : scene.budgetId();
  }

  private static Map<String, Long> kept(StoreFacts stores) {
    var kept = new HashMap<String, Long>();
    stores.orders().stream()
        .filter(o -> o.state() != StoreFacts.DISCARDED && !o.uncounted())
        .forEach(o -> kept.merge(o.budgetId(), o.units(), Long::sum));
    stores.conflicts().stream()
        .filter(c -> c.state() != StoreFacts.DISCARDED)
        .forEach(c -> kept.merge(c.budgetId(), c.units(), Long::sum));
    kept.remove("");
    return kept;
  }

  private static void compare(
      StoreFacts stores,
      Map<String, Long> spent,
      Map<String, BudgetRow> budgets,
      String what,
      List<Finding> findings) {
    spent.forEach((budgetId, fen) -> {
      BudgetRow budget = budgets.get(budgetId);
      long total = budget == null ? 0 : budget.total();
      if (fen > total) {
        findings.add(
            new Finding(
                Law.CAP,
                "OVER_BUDGET",
                fen - total,
                stores.orders().stream()
                    .filter(o -> o.budgetId().equals(budgetId))
                    .map(StoreFacts.OrderRow::orderNo)
                    .toList(),
                "%s: %d fen %s of a total of %d".formatted(budgetId, fen, what, total),
                "Close the round; raise the budget by the difference, with approval."));
      }
    });
  }

  private static void compareDeclared(
      RunRecord run, Map<String, BudgetRow> budgets, List<Finding> findings) {
    for (RunRecord.Budget declared : run.budgets()) {
      BudgetRow budget = budgets.get(declared.budgetId());
      if (budget == null || budget.total() != declared.totalFen()) {
        findings.add(
            Finding.of(
                Law.CAP,
                "TOTAL_NOT_AS_DECLARED",
                declared.budgetId()
                    + ": declared "
                    + declared.totalFen()
                    + ", kept "
                    + (budget == null ? "nothing" : budget.total()),
                "Find the adjustment in the audit log."));
      }
    }
  }
}
