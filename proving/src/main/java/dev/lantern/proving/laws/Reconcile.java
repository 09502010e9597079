package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.ClientLog;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.place.Auditor;
import dev.lantern.proving.place.QueueLag;
import dev.lantern.proving.place.StackAccess;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// The law checks over what is there: every activity that accepted something within the window, and
/// the client logs of every rain played on this ledger within it. Client logs are read before the
/// ledger, so that whatever a client was told can be found in it.
public final class Reconcile {
  private static final Duration QUEUE_WITHIN = Duration.ofSeconds(30);

  private final StackAccess stack;
  private final InstantSource clock;

  public Reconcile(StackAccess stack, InstantSource clock) {
    this.stack = stack;
    this.clock = clock;
  }

  /// Throws IllegalStateException when the ledger cannot be read.
  public ReconcileReport run(Duration window) {
    Auditor auditor = new Auditor(stack);
    var notes = new ArrayList<String>();
    boolean queueEmpty = awaitEmptyQueue(auditor);
    if (!queueEmpty) {
      notes.add("the queue did not drain: what is still in it was not missed");
    }
    Instant since = clock.instant().minus(window);
    Map<String, Path> runs = runs(auditor.ledgerBirth(), since, notes);
    var logs = new LinkedHashMap<String, List<ClientEntry>>();
    runs.forEach((activity, folder) -> logs.put(activity, ClientLog.read(folder)));
    List<Facts> facts =
        auditor.inSnapshot(connection -> {
          var all = new ArrayList<Facts>();
          Set<String> activities = new TreeSet<>(runs.keySet());
          activities.addAll(new StoreReader(connection).activeSince(since));
          for (String activity : activities) {
            all.add(
                facts(
                    connection,
                    activity,
                    Optional.ofNullable(runs.get(activity)).map(RunRecord::read),
                    logs.getOrDefault(activity, List.of()),
                    queueEmpty));
          }
          return all;
        });
    LawReport report = facts.stream().map(Laws::check).reduce(LawReport.nothing(), LawReport::and);
    List<String> activities = facts.stream().map(f -> f.stores().parentId()).toList();
    return ReconcileReport.of(report, totals(facts), activities, notes);
  }

  /// One activity's facts over an open transaction.
  static Facts facts(
      Connection connection,
      String activity,
      Optional<RunRecord> run,
      List<ClientEntry> log,
      boolean queueEmpty) {
    Set<String> children =
        run.stream()
            .flatMap(r -> r.children().stream())
            .map(RunRecord.Child::childId)
            .collect(Collectors.toSet());
    StoreFacts stores = new StoreReader(connection).read(activity, children);
    boolean drained = queueEmpty && run.map(RunRecord::drained).orElse(false);
    return new Facts(run, log, stores, queueEmpty, drained);
  }

  /// The runs played on this very ledger since then, by activity.
  private Map<String, Path> runs(String ledgerBirth, Instant since, List<String> notes) {
    var runs = new LinkedHashMap<String, Path>();
    for (Path folder : RunRecord.runs(stack.home())) {
      RunRecord run = RunRecord.read(folder);
      if (Instant.parse(run.startedAt()).isBefore(since)) {
        continue;
      }
      if (run.ledgerBirth().equals(ledgerBirth)) {
        runs.put(run.activityId(), folder);
      } else {
        notes.add(run.runId() + " was played on another ledger");
      }
    }
    return runs;
  }

  private boolean awaitEmptyQueue(Auditor auditor) {
    Instant until = clock.instant().plus(QUEUE_WITHIN);
    try (var lag = new QueueLag(stack, auditor)) {
      while (true) {
        OptionalLong records = lag.records();
        if (records.isPresent() && records.getAsLong() == 0) {
          return true;
        }
        if (!clock.instant().isBefore(until)) {
          return false;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
      }
    }
  }

  /// Figures named alike can be compared: what clients were told and what the ledger holds of the
  /// runs whose clients' logs are there. Orders that came without a log are `others_…`.
  private static Map<String, Long> totals(List<Facts> facts) {
    var totals = new LinkedHashMap<String, Long>();
    for (Facts one : facts) {
      var accepted = new HashSet<String>();
      for (ClientEntry entry : one.log()) {
        if (entry.told() instanceof Told.Accepted told && accepted.add(told.orderNo())) {
          totals.merge("issued_fen", told.amountFen(), Long::sum);
        }
      }
      totals.merge("accepted", (long) accepted.size(), Long::sum);
      String whose = one.run().isPresent() ? "" : "others_";
      for (StoreFacts.OrderRow row : one.stores().orders()) {
        String state = whose + (row.booked() ? "booked" : "not_booked");
        totals.merge(state, 1L, Long::sum);
        totals.merge(state + "_fen", row.amountFen(), Long::sum);
      }
      totals.merge("conflicts", (long) one.stores().conflicts().size(), Long::sum);
      one.stores().budgets().forEach(b -> totals.merge("budget_fen", b.total(), Long::sum));
      one.stores().budgets().forEach(b -> totals.merge("budget_free_fen", b.free(), Long::sum));
    }
    return totals;
  }
}
