package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.StoreFacts.OrderRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// COUNT: no reader sees a counter go back, none is ever ahead of the truth, and at the end each
/// equals it. "Opened" counts booked red packets, "fen" what they held; a blessing is not one, and
/// a rehearsal's do not count among the public's.
final class CountCheck implements LawCheck {
  private static final int OFFICIAL = 3;

  @Override
  public Law law() {
    return Law.COUNT;
  }

  @Override
  public Examined check(Facts facts) {
    if (facts.run().isEmpty()) {
      return new Examined(0, List.of());
    }
    var findings = new ArrayList<Finding>();
    List<ClientEntry> reads =
        facts.log().stream().filter(e -> e.told() instanceof Told.CounterShown).toList();
    reads.stream()
        .collect(Collectors.groupingBy(e -> e.user() + " " + e.subject()))
        .values()
        .forEach(sequence -> backward(sequence, findings));
    for (var counter : due(facts.run().get(), facts.stores()).entrySet()) {
      ahead(reads, counter.getKey(), counter.getValue(), findings);
      if (facts.drained()) {
        end(reads, counter.getKey(), counter.getValue(), findings);
      }
    }
    return new Examined(reads.size(), findings);
  }

  /// The activity's own counters count stage OFFICIAL; each other child has its own.
  private static Map<String, Long> due(RunRecord run, StoreFacts stores) {
    var due = new HashMap<String, Long>();
    count(run.activityId(), opened(stores, o -> o.stage() == OFFICIAL), due);
    for (RunRecord.Child child : run.children()) {
      List<OrderRow> opened = opened(stores, o -> o.childId().equals(child.childId()));
      if (!child.stage().equals("OFFICIAL") && !opened.isEmpty()) {
        count(child.childId(), opened, due);
      }
    }
    return due;
  }

  private static List<OrderRow> opened(StoreFacts stores, Predicate<OrderRow> of) {
    return stores.orders().stream()
        .filter(o -> o.booked() && o.amountFen() > 0)
        .filter(of)
        .toList();
  }

  private static void count(String name, List<OrderRow> opened, Map<String, Long> due) {
    due.put(name + ".opened", (long) opened.size());
    due.put(name + ".fen", opened.stream().mapToLong(OrderRow::amountFen).sum());
  }

  private static void backward(List<ClientEntry> sequence, List<Finding> findings) {
    for (ClientEntry later : sequence) {
      var now = (Told.CounterShown) later.told();
      for (ClientEntry earlier : sequence) {
        var then = (Told.CounterShown) earlier.told();
        if (earlier.before(later)
            && (now.value() < then.value() || now.shownValue() < then.shownValue())) {
          findings.add(
              finding(
                  "WENT_BACK",
                  "%s: reader %d saw %d (shown %d), then %d (shown %d)"
                      .formatted(
                          now.name(),
                          later.user(),
                          then.value(),
                          then.shownValue(),
                          now.value(),
                          now.shownValue())));
        }
      }
    }
  }

  /// `value` is what was read and may not be ahead; `shownValue` is an estimate and may be.
  private static void ahead(
      List<ClientEntry> reads, String name, long due, List<Finding> findings) {
    reads.stream()
        .map(e -> (Told.CounterShown) e.told())
        .filter(c -> c.name().equals(name) && c.value() > due)
        .findFirst()
        .ifPresent(c ->
            findings.add(
                finding(
                    "AHEAD_OF_THE_LEDGER",
                    "%s: read %d, booked are %d".formatted(name, c.value(), due))));
  }

  private static void end(List<ClientEntry> reads, String name, long due, List<Finding> findings) {
    Optional<Told.CounterShown> last =
        reads.stream()
            .filter(e -> e.intent() == Intent.FINAL_LOOK)
            .map(e -> (Told.CounterShown) e.told())
            .filter(c -> c.name().equals(name))
            .reduce((_, later) -> later);
    if (last.isEmpty() || last.get().value() != due) {
      findings.add(
          finding(
              "END_DIFFERS",
              "%s: ends at %s, booked are %d"
                  .formatted(
                      name, last.map(c -> Long.toString(c.value())).orElse("nothing"), due)));
    }
  }

  private static Finding finding(String kind, String detail) {
    return Finding.of(
        Law.COUNT,
        kind,
        detail,
        "Compare the counter's slots in both Redis with platform_accounts.");
  }
}
