package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.StoreFacts.BudgetRow;
import dev.lantern.proving.laws.StoreFacts.LeaseBookedRow;
import dev.lantern.proving.laws.StoreFacts.LeaseRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// DRAIN: total = free + slices of unclosed leases + what was counted under closed ones - what was
/// released; and each lease's own count is the sum of its orders, and of its grants that were
/// refused. Recomputed from rows.
final class DrainCheck implements LawCheck {
  @Override
  public Law law() {
    return Law.DRAIN;
  }

  @Override
  public Examined check(Facts facts) {
    var findings = new ArrayList<Finding>();
    StoreFacts stores = facts.stores();
    Map<Long, LeaseRow> leases =
        stores.leases().stream().collect(Collectors.toMap(LeaseRow::leaseId, l -> l));
    Map<String, Long> counted = countedByLeaseAndPartition(stores);
    checkBudgets(stores, leases, counted, findings);
    checkLeases(stores, leases, counted, findings);
    if (facts.drained()) {
      checkDrained(stores, findings);
      checkLastUnit(facts, findings);
    }
    return new Examined(stores.budgets().size(), findings);
  }

  private static Map<String, Long> countedByLeaseAndPartition(StoreFacts stores) {
    var counted = new HashMap<String, Long>();
    stores.orders().stream()
        .filter(o -> !o.budgetId().isEmpty() && !o.uncounted())
        .forEach(o -> counted.merge(key(o.countedLeaseId(), o.partition()), o.units(), Long::sum));
    // What a refused grant took stays counted where it was, and came back by its release.
    stores.grants().stream()
        .filter(g -> g.refused() && g.leaseId() != 0)
        .forEach(g -> counted.merge(key(g.leaseId(), g.partition()), g.units(), Long::sum));
    stores.conflicts().stream()
        .filter(c -> !c.budgetId().isEmpty())
        .forEach(c -> counted.merge(key(c.countedLeaseId(), c.partition()), c.units(), Long::sum));
    return counted;
  }

  private static void checkBudgets(
      StoreFacts stores,
      Map<Long, LeaseRow> leases,
      Map<String, Long> counted,
      List<Finding> findings) {
    for (BudgetRow budget : stores.budgets()) {
      long unclosed =
          leases.values().stream()
              .filter(l -> l.budgetId().equals(budget.budgetId()) && !l.closed())
              .mapToLong(LeaseRow::slice)
              .sum();
      long spent =
          counted.entrySet().stream()
              .filter(e -> countsIn(leases.get(leaseOf(e.getKey())), budget))
              .mapToLong(Map.Entry::getValue)
              .sum();
      long released =
          stores.releases().stream()
              .filter(r -> r.budgetId().equals(budget.budgetId()))
              .mapToLong(StoreFacts.ReleaseRow::amount)
              .sum();
      long recomputed = budget.free() + unclosed + spent - released;
      if (recomputed != budget.total()) {
        findings.add(
            new Finding(
                Law.DRAIN,
                "BUDGET_DOES_NOT_ADD_UP",
                budget.total() - recomputed,
                List.of(),
                "%s: free %d + unclosed slices %d + spent under closed leases %d - released %d = %d, total %d"
                    .formatted(
                        budget.budgetId(),
                        budget.free(),
                        unclosed,
                        spent,
                        released,
                        recomputed,
                        budget.total()),
                "Stop grants of this budget; find the lease whose count is wrong."));
      }
    }
  }

  private static boolean countsIn(@Nullable LeaseRow lease, BudgetRow budget) {
    return lease != null && lease.closed() && lease.budgetId().equals(budget.budgetId());
  }

  private static void checkLeases(
      StoreFacts stores,
      Map<Long, LeaseRow> leases,
      Map<String, Long> counted,
      List<Finding> findings) {
    var rest = new HashMap<>(counted);
    var bookedByLease = new HashMap<Long, Long>();
    for (LeaseBookedRow row : stores.leaseBooked()) {
      long orders = rest.getOrDefault(key(row.leaseId(), row.partition()), 0L);
      rest.remove(key(row.leaseId(), row.partition()));
      bookedByLease.merge(row.leaseId(), row.booked(), Long::sum);
      if (orders != row.booked()) {
        findings.add(
            leaseFinding(
                "LEASE_COUNT_DIFFERS",
                row.booked() - orders,
                "lease %d, partition %d: counted %d, its orders are %d"
                    .formatted(row.leaseId(), row.partition(), row.booked(), orders)));
      }
    }
    rest.forEach((key, amount) ->
        findings.add(
            leaseFinding(
                "ORDER_WITHOUT_LEASE", amount, "orders name a lease that is not there: " + key)));
    bookedByLease.forEach((id, booked) -> {
      LeaseRow lease = leases.get(id);
      if (lease != null && booked > lease.slice()) {
        findings.add(
            leaseFinding(
                "LEASE_OVERSPENT",
                booked - lease.slice(),
                "lease %d: %d booked of a slice of %d".formatted(id, booked, lease.slice())));
      }
    });
  }

  private static void checkDrained(StoreFacts stores, List<Finding> findings) {
    Set<Long> unfenced =
        stores.leaseBooked().stream()
            .filter(row -> !row.fenced())
            .map(LeaseBookedRow::leaseId)
            .collect(Collectors.toSet());
    for (LeaseRow lease : stores.leases()) {
      if (!lease.closed()) {
        findings.add(
            leaseFinding(
                "LEASE_NOT_CLOSED",
                lease.slice(),
                "lease %d of %s is in state %d after the drain"
                    .formatted(lease.leaseId(), lease.holder(), lease.state())));
      } else if (unfenced.contains(lease.leaseId())) {
        findings.add(
            leaseFinding(
                "CLOSED_UNFENCED",
                lease.slice(),
                "lease %d is closed with a partition not fenced".formatted(lease.leaseId())));
      }
    }
  }

  /// The last unit can be issued: where clients were told that a budget without a threshold is sold
  /// out for good, less than one unit may be left of it.
  private static void checkLastUnit(Facts facts, List<Finding> findings) {
    facts
        .run()
        .filter(run -> run.thresholdPercent() == 0 && run.fixedFen() > 0)
        .ifPresent(run -> {
          Set<String> soldOut =
              facts.log().stream()
                  .filter(e ->
                      e.told() instanceof Told.Refused refused
                          && refused.reason().equals("SOLD_OUT"))
                  .flatMap(e -> run.scene(e).stream())
                  .map(scene -> scene.budgetId())
                  .collect(Collectors.toSet());
          facts.stores().budgets().stream()
              .filter(b -> soldOut.contains(b.budgetId()) && b.free() >= run.fixedFen())
              .forEach(b ->
                  findings.add(
                      new Finding(
                          Law.DRAIN,
                          "SOLD_OUT_TOO_SOON",
                          b.free(),
                          List.of(),
                          "%s was called sold out with %d fen free after the drain"
                              .formatted(b.budgetId(), b.free()),
                          "Look for leases that were open when SOLD_OUT was said.")));
        });
  }

  private static Finding leaseFinding(String kind, long amount, String detail) {
    return new Finding(
        Law.DRAIN,
        kind,
        amount,
        List.of(),
        detail,
        "Compare the lease's rows with its orders before anything is adjusted.");
  }

  private static String key(long leaseId, int partition) {
    return leaseId + "/" + partition;
  }

  private static long leaseOf(String key) {
    return Long.parseLong(key.substring(0, key.indexOf('/')));
  }
}
