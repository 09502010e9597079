package dev.lantern.simulation.fault;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which fault can strike at which step: the matrix that a report must fill.
///
/// What cannot occur is said here, with its reason, and nowhere else.
public final class Steps {
  private static final Set<Fault> EVERYWHERE =
      EnumSet.of(
          Fault.REQUEST_LOST,
          Fault.REPLY_LOST,
          Fault.SLOW,
          Fault.KILLED_BEFORE,
          Fault.KILLED_AFTER,
          Fault.FROZEN_BEFORE,
          Fault.FROZEN_AFTER,
          Fault.SERVER_DOWN);

  private static final Set<Fault> OF_CHANGES =
      EnumSet.of(Fault.DONE_LATE, Fault.DONE_TWICE, Fault.DONE_AGAIN_LATE, Fault.DISK_FULL);

  private static final Set<Fault> OF_DISKS =
      EnumSet.of(
          Fault.SLOW,
          Fault.KILLED_BEFORE,
          Fault.KILLED_AFTER,
          Fault.FROZEN_BEFORE,
          Fault.FROZEN_AFTER);

  private static final String NOBODY_LOOKS = "only shown to operators";

  /// Steps that no process of the simulation takes, and why.
  private static final Map<String, String> NOT_TAKEN =
      Map.ofEntries(
          Map.entry("ParkedStore.totals", "only shown to operators"),
          Map.entry("ParkedStore.resumable", "only asked before resuming many at once"),
          Map.entry("ParkedStore.conflict", "conflicts are not decided here"),
          Map.entry("ParkedStore.pay", "conflicts are not decided here"),
          Map.entry("BudgetControl.guard", "a guard changes no budget"),
          Map.entry("BudgetControl.freezeByGuard", "the guard's watch is not played; FREEZE is"),
          Map.entry(
              "Promises.improve",
              "takes a better promise over a lesser token, after a loss of claims: once in thousands"
                  + " of runs"),
          Map.entry("RootStore.held", "only token-service's own verification asks"),
          Map.entry("RootStore.after", "only for those who page through the log"),
          Map.entry("RootStore.signed", "only for those who page through the log"),
          Map.entry("RootStore.begin", "only for those who page through the log"),
          Map.entry("GrantStore.overdue", "only told by metrics"),
          Map.entry(
              "GrantStore.delay",
              "a vendor's repeats are more than its budget for them: in one of thousands of runs"),
          Map.entry("ReissueStore.progress", NOBODY_LOOKS),
          Map.entry("ReissueStore.list", NOBODY_LOOKS),
          Map.entry("ReissueStore.rows", NOBODY_LOOKS),
          Map.entry("ReissueStore.booked", NOBODY_LOOKS),
          Map.entry("ReissueStore.free", NOBODY_LOOKS),
          Map.entry("FindingStore.list", NOBODY_LOOKS),
          Map.entry("FindingStore.find", NOBODY_LOOKS),
          Map.entry("FindingStore.changedSince", NOBODY_LOOKS),
          Map.entry("FindingStore.resolve", NOBODY_LOOKS),
          Map.entry("FindingStore.openByClass", NOBODY_LOOKS),
          Map.entry("FindingStore.open", "only for passes that are one statement"),
          Map.entry("FindingStore.clear", "only for passes that are one statement"),
          Map.entry("Marks.position", "only for passes that are one statement"),
          Map.entry("Marks.advance", "only for passes that are one statement"),
          Map.entry("SpentToday.of", "asked in its two halves"),
          Map.entry("CounterReplica.clear", "only counters of trials are cleared"),
          Map.entry("OffsetStore.forget", "after a minute without a beat: no run is that long"));

  private static final Set<String> READS =
      Set.of(
          "levels",
          "counters",
          "slots",
          "runId",
          "get",
          "allClosed",
          "standings",
          "unclosed",
          "passed",
          "lookUp",
          "fenced",
          "due",
          "rows",
          "row",
          "workers",
          "standing",
          "topicsMissing",
          "created",
          "planned",
          "look",
          "entrances",
          "walk",
          "stillThere",
          "ofUser",
          "list",
          "totals",
          "earlier",
          "resumable",
          "order",
          "conflict",
          "read",
          "idOf",
          "ends",
          "find",
          "isSettled",
          "poll",
          "windowEnded",
          "left",
          "topicsAhead",
          "lastMark",
          "gapBehindUs",
          "oldest",
          "lookAll",
          "ask",
          "isDiscarded",
          "overdue",
          "running",
          "pending",
          "of",
          "ofLedger",
          "head",
          "held",
          "leader");

  /// Steps that a run takes a few times at most.
  private static final Set<String> RARE =
      Set.of(
          "BookingStore.fenced",
          "BookingStore.putOff",
          "BookingStore.resume",
          "EpochStore.addEnds",
          "EpochStore.record",
          "EpochStore.replaceEnds",
          "GapStore.mark",
          "HandledTokens.removeHandled",
          "LeaseClosingStore.close",
          "LeaseClosingStore.fence",
          "LeaseClosingStore.fenceDirect",
          "LeaseClosingStore.fenceWithoutEnd",
          "LeaseClosingStore.freeze",
          "LeaseClosingStore.markClosing",
          "LeaseClosingStore.storeEnds",
          "LeaseEnding.left",
          "LogTable.named",
          "OffsetStore.release",
          "ParkedStore.discard",
          "ParkedStore.earlier",
          "ParkedStore.order",
          "ParkedStore.resume",
          "Promises.improve",
          "Promises.replace",
          "Signing.signAll",
          "TokenStore.ofUser",
          "TokenStore.remove",
          "TokenStore.stillThere",
          "Topics.create");

  private Steps() {}

  static boolean isRare(String step) {
    return RARE.contains(step);
  }

  /// What can strike here.
  ///
  /// @param changes whether the step changes anything: what is only read late or twice is read for
  ///   nobody
  static List<Fault> possible(Server server, String step, boolean changes) {
    if (NOT_TAKEN.containsKey(step)) {
      return List.of();
    }
    if (server.isLocal()) {
      return List.copyOf(OF_DISKS);
    }
    List<Fault> possible = new ArrayList<>(EVERYWHERE);
    if (changes) {
      possible.add(Fault.DONE_LATE);
    }
    // Only these drivers send again by themselves.
    if (changes && server.resends()) {
      possible.add(Fault.DONE_TWICE);
      possible.add(Fault.DONE_AGAIN_LATE);
    }
    // A full disk refuses what is appended, nothing else.
    if (changes && server == Server.QUEUE) {
      possible.add(Fault.DISK_FULL);
    }
    return possible;
  }

  /// Whether a call of this name changes nothing.
  static boolean isRead(String method) {
    return READS.contains(method);
  }

  /// Whether a fault strikes at steps, and not the world.
  public static boolean isOfSteps(Fault fault) {
    return EVERYWHERE.contains(fault) || OF_CHANGES.contains(fault);
  }

  /// Steps nobody takes here, with the reason.
  public static Map<String, String> notTaken() {
    return NOT_TAKEN;
  }
}
