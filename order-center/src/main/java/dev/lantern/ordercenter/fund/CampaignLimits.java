package dev.lantern.ordercenter.fund;

import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.budget.Payers;
import dev.lantern.ordercenter.campaign.CampaignStore;
import dev.lantern.ordercenter.campaign.Revision;
import dev.lantern.ordercenter.fund.TreeLimits.SceneLimits;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.RetryPolicies;
import dev.lantern.ordercenter.settle.RetryPolicy;
import dev.lantern.ordercenter.tally.Stages;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The limits, retry policies and stages of all campaign trees, polled; limits by scene, for scene
/// ids are unique for ever.
///
/// An order is judged by the revisions that were in effect around its acceptance, by clocks that
/// may differ by [#SLACK], and of these by the one that allows most: a limit that was lowered
/// meanwhile never turns a kept promise into a parked one. Keeps the newest [#KEPT] revisions of an
/// activity.
public final class CampaignLimits implements FundLimits, Payers, RetryPolicies, Stages {
  static final int KEPT = 100;
  static final Duration SLACK = Duration.ofSeconds(10);
  private static final int PAGE = 20;

  private final CampaignStore store;
  private final ZoneId zone;
  private volatile @Nullable Map<String, List<TreeLimits>> trees;

  public CampaignLimits(CampaignStore store, ZoneId zone) {
    this.store = store;
    this.zone = zone;
  }

  /// Reads what is new; called about once a second by one thread.
  ///
  /// @throws dev.lantern.stores.sql.StoreException when it could not; what was known still holds
  public void poll() {
    Map<String, List<TreeLimits>> before = trees;
    Map<String, List<TreeLimits>> read = new HashMap<>(before == null ? Map.of() : before);
    for (CampaignStore.Head head : store.heads()) {
      List<TreeLimits> known = read.getOrDefault(head.activityId(), List.of());
      if (newest(known) < head.number()) {
        read.put(head.activityId(), extended(head, known));
      }
    }
    trees = Map.copyOf(read);
  }

  private List<TreeLimits> extended(CampaignStore.Head head, List<TreeLimits> known) {
    List<TreeLimits> all = new ArrayList<>(known);
    while (newest(all) < head.number()) {
      for (Revision revision : store.after(head.activityId(), newest(all), PAGE)) {
        all.add(
            TreeLimits.read(
                revision.activityId(),
                revision.number(),
                revision.effectiveAt(),
                revision.document()));
      }
    }
    return List.copyOf(all.subList(Math.max(0, all.size() - KEPT), all.size()));
  }

  private static long newest(List<TreeLimits> trees) {
    return trees.isEmpty() ? 0 : trees.getLast().revision();
  }

  @Override
  public Optional<String> flaw(String activityId, String sceneId, Instant at, long fen) {
    return limits(activityId, sceneId, at)
        .filter(scene -> fen > scene.singleFen())
        .map(scene -> OVER_AMOUNT + ": over the scene's " + scene.singleFen() + " fen");
  }

  @Override
  public Optional<DailyCap> dailyCap(String activityId, String sceneId, long actId, Instant at) {
    boolean capped = around(activityId, at).stream().anyMatch(TreeLimits::hasDailyCaps);
    if (!capped) {
      return Optional.empty();
    }
    long fen =
        limits(activityId, sceneId, at)
            .map(SceneLimits::dailyFen)
            .filter(cap -> cap > 0)
            .orElse(DailyCap.UNLIMITED);
    return Optional.of(
        new DailyCap(new DailyCap.Day(actId, at.atZone(zone).toLocalDate(), activityId), fen));
  }

  /// Of several revisions that may have been meant the one with the most tries. Before the first
  /// look there is none: what is retried then is retried as usual.
  @Override
  public Optional<RetryPolicy> declared(
      String activityId, String childActivityId, String sceneId, Instant at) {
    Map<String, List<TreeLimits>> known = trees;
    if (known == null) {
      return Optional.empty();
    }
    return around(known, activityId, at).stream()
        .map(tree -> Optional.ofNullable(tree.retries().get(childActivityId + "/" + sceneId)))
        .flatMap(Optional::stream)
        .max(Comparator.comparingInt(RetryPolicy::maxTries));
  }

  /// A child's stage never changes: any revision that has it tells.
  @Override
  public Optional<Stage> stage(String activityId, String childActivityId) {
    Map<String, List<TreeLimits>> known = trees;
    return known == null
        ? Optional.empty()
        : known.getOrDefault(activityId, List.of()).reversed().stream()
            .flatMap(tree -> Optional.ofNullable(tree.stages().get(childActivityId)).stream())
            .findFirst();
  }

  private Optional<SceneLimits> limits(String activityId, String sceneId, Instant at) {
    return around(activityId, at).stream()
        .map(tree -> Optional.ofNullable(tree.scenes().get(sceneId)))
        .flatMap(Optional::stream)
        .reduce(TreeLimits::looser);
  }

  /// The trees that some clock saw in effect at this instant.
  private List<TreeLimits> around(String activityId, Instant at) {
    return around(known(), activityId, at);
  }

  private static List<TreeLimits> around(
      Map<String, List<TreeLimits>> known, String activityId, Instant at) {
    List<TreeLimits> all = known.getOrDefault(activityId, List.of());
    Instant from = at.minus(SLACK);
    Instant to = at.plus(SLACK);
    List<TreeLimits> around = new ArrayList<>();
    TreeLimits inForce = null;
    for (TreeLimits tree : all) {
      if (!tree.effectiveAt().isAfter(from)) {
        inForce = tree;
      } else if (!tree.effectiveAt().isAfter(to)) {
        around.add(tree);
      }
    }
    if (inForce != null) {
      around.add(inForce);
    }
    return around;
  }

  @Override
  public Set<String> ofTemplate(String templateId) {
    Set<String> payers = new HashSet<>();
    for (List<TreeLimits> revisions : known().values()) {
      revisions.stream()
          .skip(Math.max(0, revisions.size() - 1))
          .forEach(tree -> payers.addAll(tree.payers().getOrDefault(templateId, Set.of())));
    }
    return payers;
  }

  @Override
  public int thresholdPercent(String budgetId) {
    return known().values().stream()
        .filter(revisions -> !revisions.isEmpty())
        .mapToInt(revisions -> revisions.getLast().thresholds().getOrDefault(budgetId, 0))
        .max()
        .orElse(0);
  }

  private Map<String, List<TreeLimits>> known() {
    Map<String, List<TreeLimits>> known = trees;
    if (known == null) {
      throw new StoreUnavailableException("the campaigns' limits have not been read yet", null);
    }
    return known;
  }
}
