package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.settle.OffsetRow;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Compares manifests that are due: at once, an hour later, and an hour after that.
///
/// What a manifest tells was accepted before it came in. So its comparison waits until settlement
/// has passed the ends of the log read after that: an order that is not in the books then never
/// comes by itself. Ends are kept in memory alone; a restarted process reads later ones and waits a
/// little longer. Not safe for threads.
final class ManifestPass {
  private static final String NAME = "manifests";
  private static final int STRETCH = 1_000;
  private static final int AT_ONCE = 4;
  private static final int MOST_WAITING = 1_000;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int COMPARES = 3;

  private static final Set<Discrepancy> CLASSES =
      EnumSet.of(
          Discrepancy.MISSING_ORDER,
          Discrepancy.UNKNOWN_TO_UPSTREAM,
          Discrepancy.AMOUNT_DIFFERS,
          Discrepancy.AWARD_DIFFERS);

  private final ManifestStore manifests;
  private final LogPass log;
  private final FindingStore findings;
  private final ReconcileWatch watch;
  private final Clock clock;
  private final Map<Long, Map<OffsetRow.Key, Long>> ends = new HashMap<>();

  ManifestPass(
      ManifestStore manifests,
      LogPass log,
      FindingStore findings,
      ReconcileWatch watch,
      Clock clock) {
    this.manifests = manifests;
    this.log = log;
    this.findings = findings;
    this.watch = watch;
    this.clock = clock;
  }

  void tick(Leadership mine) {
    List<Manifest> due = manifests.due(clock.now().wall(), AT_ONCE);
    if (ends.size() > MOST_WAITING) {
      ends.clear();
    }
    for (Manifest manifest : due) {
      if (!manifests.isNewest(manifest)) {
        manifests.compared(mine, manifest, Optional.empty());
        continue;
      }
      if (compare(mine, manifest).isPresent()) {
        manifests.compared(mine, manifest, next(manifest));
      }
    }
  }

  /// Compares all of it once settlement has passed what was accepted before; empty until then.
  Optional<FindingStore.Recorded> compare(Leadership mine, Manifest manifest) {
    Map<OffsetRow.Key, Long> until = ends.computeIfAbsent(manifest.id(), _ -> log.endsOfAll());
    if (!log.passed(until)) {
      return Optional.empty();
    }
    FindingStore.Recorded recorded = compareNow(mine, manifest);
    ends.remove(manifest.id());
    return Optional.of(recorded);
  }

  private Optional<Instant> next(Manifest manifest) {
    return manifest.compares() + 1 < COMPARES
        ? Optional.of(clock.now().wall().plus(HOUR))
        : Optional.empty();
  }

  /// Compares all of it now, and closes what of its scope holds no longer.
  private FindingStore.Recorded compareNow(Leadership mine, Manifest manifest) {
    Instant begun = clock.now().wall();
    FindingStore.Recorded told =
        walk(mine, after -> manifests.told(manifest, after, STRETCH), begun);
    FindingStore.Recorded untold =
        walk(mine, after -> manifests.untold(manifest, after, STRETCH, begun), begun);
    findings.clearUnseen(mine, CLASSES, manifest.scopeKey(), begun, clock.now().wall());
    FindingStore.Recorded all = told.plus(untold);
    watch.recorded(NAME, all);
    return all;
  }

  private FindingStore.Recorded walk(
      Leadership mine, Function<String, ManifestStore.Page> pages, Instant now) {
    FindingStore.Recorded all = new FindingStore.Recorded(0, 0);
    Optional<String> at = Optional.of("");
    while (at.isPresent()) {
      ManifestStore.Page page = pages.apply(at.get());
      all = all.plus(findings.record(mine, page.found(), now));
      at = page.next();
    }
    return all;
  }
}
