package dev.lantern.cli.command;

import dev.lantern.order.v1.Finding;
import dev.lantern.order.v1.ReconciliationServiceGrpc;
import dev.lantern.order.v1.ReconciliationServiceGrpc.ReconciliationServiceBlockingStub;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What the commands under `lantern reconcile` share.
final class Findings {
  static final long DEADLINE_S = 10;

  private Findings() {}

  static ReconciliationServiceBlockingStub stub(OperatorChannel operator) {
    return ReconciliationServiceGrpc.newBlockingStub(operator.channel())
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }

  /// As the contract's enums are spelt.
  static String upper(String text) {
    return text.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  static void print(Place place, Finding finding) {
    place
        .out()
        .printf(
            "%d  %-20s %-8s %12d fen  %s%n    %s%n",
            finding.getFindingId(),
            finding.getFindingClass().name().substring("FINDING_CLASS_".length()),
            finding.getState().name().substring("FINDING_STATE_".length()),
            finding.getAmountFen(),
            finding.getSubject(),
            finding.getNote().isEmpty()
                ? finding.getDetail()
                : finding.getClosedBy() + ": " + finding.getNote());
  }
}
