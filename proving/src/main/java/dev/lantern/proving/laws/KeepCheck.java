package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.laws.Promises.Outcome;
import dev.lantern.proving.laws.StoreFacts.OrderRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// KEEP: every acknowledged order is booked, or visibly parked with a reason. Judged after the
/// queue has drained; before that a missing order may still be in the queue.
final class KeepCheck implements LawCheck {
  @Override
  public Law law() {
    return Law.KEEP;
  }

  @Override
  public Examined check(Facts facts) {
    if (facts.run().isEmpty()) {
      return new Examined(0, List.of());
    }
    RunRecord run = facts.run().get();
    var findings = new ArrayList<Finding>();
    if (!facts.stores().applied()) {
      findings.add(
          Finding.of(
              Law.KEEP,
              "CAMPAIGN_GONE",
              "clients played " + run.activityId() + ", the ledger does not know it",
              "Restore the ledger from its replica."));
    }
    Promises promises = Promises.of(run, facts.log());
    Map<String, OrderRow> rows =
        facts.stores().orders().stream()
            .collect(Collectors.toMap(OrderRow::orderNo, Function.identity()));
    promises
        .acks()
        .forEach((number, acks) -> {
          Outcome first = acks.getFirst().outcome();
          check(number, first, rows.get(number), facts.queueEmpty(), findings);
        });
    return new Examined(promises.acks().size(), findings);
  }

  private static void check(
      String number,
      Outcome promised,
      @Nullable OrderRow row,
      boolean queueEmpty,
      List<Finding> findings) {
    if (row == null) {
      if (queueEmpty) {
        findings.add(
            finding(
                "GONE",
                number,
                promised,
                "acknowledged, and neither booked nor parked",
                "Present the user's token; it is enough to be paid."));
      }
    } else if (row.waiting() && row.parkReason().isEmpty()) {
      findings.add(
          finding("PARKED_SILENTLY", number, promised, "waits without a reason", "Resume it."));
    } else if (row.state() == StoreFacts.DISCARDED) {
      findings.add(
          finding(
              "DISCARDED",
              number,
              promised,
              "was acknowledged and then discarded",
              "Reissue it, or show the approval."));
    } else if (!row.booked() && !row.waiting() && !row.granting()) {
      findings.add(
          finding(
              "STATE_UNKNOWN", number, promised, "is in state " + row.state(), "Correct the row."));
    }
  }

  private static Finding finding(
      String kind, String number, Outcome promised, String detail, String remedy) {
    return Finding.of(Law.KEEP, kind, promised.amountFen(), number, detail, remedy);
  }
}
