package dev.lantern.cli.command;

import dev.lantern.campaign.v1.Change;
import dev.lantern.campaign.v1.DiffCampaignResponse;
import dev.lantern.campaign.v1.Problem;
import dev.lantern.campaign.v1.Revision;
import java.io.PrintWriter;
import java.util.List;

/// Campaign trees as lines: problems, revisions, differences.
final class CampaignView {
  private final PrintWriter out;

  CampaignView(PrintWriter out) {
    this.out = out;
  }

  /// One line a problem, as compilers write them, and one for what would put it right.
  void problems(List<Problem> problems, String document) {
    for (Problem problem : problems) {
      String line = problem.getLine() > 0 ? ":" + problem.getLine() : "";
      String path = problem.getPath().isEmpty() ? "" : problem.getPath() + ": ";
      out.println(document + line + ": " + path + problem.getMessage());
      if (!problem.getRemedy().isEmpty()) {
        out.println("    " + problem.getRemedy());
      }
    }
  }

  void made(Revision revision, boolean dryRun) {
    out.println(
        "Revision "
            + revision.getRevision()
            + " of "
            + revision.getActivityId()
            + " ("
            + revision.getEtag()
            + ")"
            + (revision.getRollbackOf() == 0 ? "" : "," + repeats(revision) + ",")
            + " takes effect at "
            + Printed.time(revision.getEffectiveTime())
            + (dryRun ? "; a dry run, nothing was changed." : "."));
  }

  void history(List<Revision> revisions) {
    for (Revision revision : revisions) {
      out.printf(
          "%6d  %-20s  %-14s  %-12s  %s%s%n",
          revision.getRevision(),
          Printed.time(revision.getEffectiveTime()),
          revision.getEtag(),
          revision.getAuthor(),
          revision.getReason(),
          revision.getRollbackOf() == 0 ? "" : " (" + repeats(revision).strip() + ")");
    }
  }

  void changes(DiffCampaignResponse diff) {
    if (diff.getChangesCount() == 0) {
      out.println("No difference.");
    }
    diff.getChangesList().forEach(change -> out.println(line(change)));
    if (diff.getOmittedChanges() > 0) {
      out.println("… and " + diff.getOmittedChanges() + " more");
    }
  }

  private static String line(Change change) {
    return switch (change.getKind()) {
      case CHANGE_KIND_ADDED -> "+ " + change.getPath() + ": " + change.getNewValue();
      case CHANGE_KIND_REMOVED -> "- " + change.getPath() + ": " + change.getOldValue();
      case CHANGE_KIND_CHANGED, CHANGE_KIND_UNSPECIFIED, UNRECOGNIZED ->
          "~ " + change.getPath() + ": " + change.getOldValue() + " -> " + change.getNewValue();
    };
  }

  private static String repeats(Revision revision) {
    return " the document of revision " + revision.getRollbackOf();
  }
}
