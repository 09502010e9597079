package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Carries out what operators asked for, one run at a time, in stretches: it goes on where it was
/// after a crash. One over a manifest waits, as [ManifestPass] does, until settlement has passed
/// what was accepted before.
final class RunPass {
  static final String NAME = "run";
  private static final int AT_ONCE = 20;

  private final RunStore runs;
  private final ManifestStore manifests;
  private final ManifestPass manifestPass;
  private final BooksAudit books;
  private final Supplier<FindingStore.Recorded> rest;
  private final FindingStore findings;
  private final ReconcileWatch watch;
  private final Clock clock;

  /// A pass over the runs that are not done.
  ///
  /// @param rest what is looked at as a whole at the end of a run
  RunPass(
      RunStore runs,
      ManifestStore manifests,
      ManifestPass manifestPass,
      BooksAudit books,
      Supplier<FindingStore.Recorded> rest,
      FindingStore findings,
      ReconcileWatch watch,
      Clock clock) {
    this.runs = runs;
    this.manifests = manifests;
    this.manifestPass = manifestPass;
    this.books = books;
    this.rest = rest;
    this.findings = findings;
    this.watch = watch;
    this.clock = clock;
  }

  /// One over a manifest that still waits for settlement keeps no later one waiting.
  void tick(Leadership mine) {
    int left = BookedPasses.STRETCHES_A_TICK;
    for (ReconcileRun first : runs.unended(AT_ONCE)) {
      Optional<ReconcileRun> run = Optional.of(first);
      while (left > 0 && run.isPresent()) {
        left--;
        run = step(mine, run.get());
      }
    }
  }

  /// One stretch; the run as it stands after it, if it can go on now.
  private Optional<ReconcileRun> step(Leadership mine, ReconcileRun run) {
    if (run.manifestId() == 0) {
      stretch(mine, run);
      return runs.find(run.id()).filter(after -> after.ended().isEmpty());
    }
    var _ = isCompared(mine, run);
    return Optional.empty();
  }

  private void stretch(Leadership mine, ReconcileRun run) {
    Instant now = clock.now().wall();
    Instant until = books.boundary(run.position(), run.to(), BookedPasses.STRETCH);
    Range.Booked range = new Range.Booked(run.position(), until);
    FindingStore.Recorded recorded = findings.record(mine, books.orders(range), now);
    watch.recorded(NAME, recorded);
    boolean last = !until.isBefore(run.to());
    if (last) {
      recorded = recorded.plus(rest.get());
    }
    runs.progress(
        mine,
        run,
        until,
        books.count(range),
        recorded,
        last ? Optional.of(clock.now().wall()) : Optional.empty());
  }

  private boolean isCompared(Leadership mine, ReconcileRun run) {
    Optional<Manifest> manifest = manifests.find(run.manifestId());
    Optional<Manifest> newest = manifest.filter(manifests::isNewest);
    FindingStore.Recorded recorded = new FindingStore.Recorded(0, 0);
    if (newest.isPresent()) {
      Optional<FindingStore.Recorded> compared = manifestPass.compare(mine, newest.get());
      if (compared.isEmpty()) {
        return false;
      }
      recorded = compared.get();
    }
    runs.progress(
        mine,
        run,
        run.to(),
        manifest.map(Manifest::rows).orElse(0L),
        recorded,
        Optional.of(clock.now().wall()));
    return true;
  }
}
