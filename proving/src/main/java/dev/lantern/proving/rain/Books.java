package dev.lantern.proving.rain;

import dev.lantern.proving.laws.Finding;
import dev.lantern.proving.laws.Law;
import java.util.StringJoiner;

/// A rain's books as a table for people.
public final class Books {
  private static final int MAX_FINDINGS = 20;

  private Books() {}

  public static String of(RainReport report) {
    var lines = new StringJoiner("\n");
    lines.add("");
    lines.add(
        "  run %s: %d users, %d rounds, seed %d"
            .formatted(report.run(), report.users(), report.rounds(), report.seed()));
    lines.add("");
    row(lines, "valid distinct grabs", report.distinctGrabs(), "");
    row(lines, "accepted", report.accepted(), share(report.accepted(), report.distinctGrabs()));
    row(lines, "booked", report.settled(), "");
    row(lines, "parked", report.parked(), report.conflicts() + " conflicts");
    row(lines, "fallbacks", report.fallbacks(), "");
    row(lines, "issued, fen", report.issuedFen(), "told to clients");
    row(lines, "booked, fen", report.bookedFen(), "in the ledger");
    row(lines, "budget, fen", report.budgetTotalFen(), report.budgetFreeFen() + " free");
    row(lines, "answers lost", report.lost(), "");
    report.refused().forEach((layer, count) -> row(lines, "refused by " + layer, count, ""));
    report.refusedByReason().forEach((reason, count) -> row(lines, "  " + reason, count, ""));
    lines.add("");
    lines.add(
        "  accept p50 %.1f ms, p99 %.1f ms; %.1f accepted/s, %.1f booked/s; %.1f s in all"
            .formatted(
                report.acceptMs().p50(),
                report.acceptMs().p99(),
                report.acceptPerS(),
                report.settlePerS(),
                report.seconds()));
    lines.add("");
    for (Law law : Law.values()) {
      lines.add(
          "  %-6s %-5s %8d compared: %s against %s"
              .formatted(
                  law,
                  verdict(report, law),
                  report.examined().getOrDefault(law, 0L),
                  law.source(),
                  law.against()));
    }
    report.findings().stream().limit(MAX_FINDINGS).forEach(f -> lines.add(finding(f)));
    if (report.findings().size() > MAX_FINDINGS) {
      lines.add("  … and " + (report.findings().size() - MAX_FINDINGS) + " more in the report");
    }
    if (!report.drained()) {
      lines.add("  NOT DRAINED: the queue or a lease did not come to rest");
    }
    return lines.toString();
  }

  public static String finding(Finding finding) {
    return "  ! %s %s: %s%s"
        .formatted(
            finding.law(),
            finding.kind(),
            finding.detail(),
            finding.orders().isEmpty() ? "" : " " + finding.orders());
  }

  private static String verdict(RainReport report, Law law) {
    Boolean holds = report.laws().get(law);
    return holds == null ? "-" : holds ? "holds" : "FAILS";
  }

  private static void row(StringJoiner lines, String name, long value, String beside) {
    lines.add("  %-26s %14d  %s".formatted(name, value, beside).stripTrailing());
  }

  private static String share(long part, long whole) {
    return whole == 0 ? "" : "%.1f %%".formatted(100.0 * part / whole);
  }
}
