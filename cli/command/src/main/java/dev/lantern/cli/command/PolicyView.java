package dev.lantern.cli.command;

import dev.lantern.mesh.v1.ChangeKind;
import dev.lantern.mesh.v1.DocumentDiff;
import dev.lantern.mesh.v1.PreviewPolicyResponse;
import dev.lantern.mesh.v1.ResourceDiff;
import dev.lantern.mesh.v1.RuleDiff;
import dev.lantern.mesh.v1.TrafficDiff;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/// What differs, and what a change would do, in words.
final class PolicyView {
  private final PrintWriter out;

  PolicyView(PrintWriter out) {
    this.out = out;
  }

  void preview(PreviewPolicyResponse seen) {
    seen.getProblemsList().forEach(problem -> out.println(PolicyCommand.line(problem)));
    rules(seen.getRulesList());
    for (ResourceDiff diff : seen.getResourcesList()) {
      out.printf(
          "%s %s %s (%s)%s%n",
          mark(diff.getChange()),
          diff.getType(),
          diff.getName(),
          diff.getGroup(),
          diff.getEffect().isEmpty() ? "" : ": " + diff.getEffect());
      unified(diff.getUnified(), diff.getTruncated());
    }
    for (TrafficDiff diff : seen.getTrafficList()) {
      out.printf("%s: %d of late%n", diff.getWords(), diff.getRequests());
    }
    if (seen.getSample().getRequests() == 0) {
      out.println("There were no requests of late to try it on.");
    }
  }

  void documents(List<DocumentDiff> diffs) {
    for (DocumentDiff diff : diffs) {
      out.println(mark(diff.getChange()) + " " + diff.getName());
      unified(diff.getUnified(), diff.getTruncated());
    }
  }

  void rules(List<RuleDiff> diffs) {
    for (RuleDiff diff : diffs) {
      out.println(mark(diff.getChange()) + " " + diff.getKind() + " " + diff.getRuleId());
      diff.getValuesList()
          .forEach(value ->
              out.printf(
                  "    %s: %s → %s%n",
                  value.getPath(), spoken(value.getBefore()), spoken(value.getAfter())));
    }
  }

  private void unified(String text, boolean truncated) {
    text.lines().forEach(line -> out.println("    " + line));
    if (truncated) {
      out.println("    …");
    }
  }

  private static String spoken(String value) {
    return value.isEmpty() ? "nothing" : value;
  }

  private static String mark(ChangeKind change) {
    return change.name().substring("CHANGE_KIND_".length()).toLowerCase(Locale.ROOT);
  }
}
