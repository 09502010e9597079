package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.campaign.History.BudgetOnRecord;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// [CampaignStore] in memory, by the same rules as the tables; can be down.
final class MemoryCampaignStore implements CampaignStore {
  private final List<Revision> revisions = new ArrayList<>();
  private final Map<String, String> scenes = new HashMap<>();
  private final Map<String, String> children = new HashMap<>();
  private final Map<String, BudgetOnRecord> budgets = new HashMap<>();
  private final InstantSource clock;
  private boolean down;

  /// @param clock the store's own
  MemoryCampaignStore(InstantSource clock) {
    this.clock = clock;
  }

  void down(boolean now) {
    down = now;
  }

  @Override
  public Instant now() {
    requireUp();
    return clock.instant();
  }

  @Override
  public List<Head> heads() {
    requireUp();
    Map<String, Long> newest = new TreeMap<>();
    revisions.forEach(r -> newest.merge(r.activityId(), r.number(), Math::max));
    return newest.entrySet().stream().map(e -> new Head(e.getKey(), e.getValue())).toList();
  }

  @Override
  public List<Revision> after(String activityId, long after, int limit) {
    return of(activityId).stream().filter(r -> r.number() > after).limit(limit).toList();
  }

  @Override
  public List<Revision> before(String activityId, long before, int limit) {
    return of(activityId).reversed().stream()
        .filter(r -> r.number() < before)
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Revision> find(String activityId, long number) {
    return of(activityId).stream().filter(r -> r.number() == number).findFirst();
  }

  @Override
  public Optional<Revision> newest(String activityId) {
    return of(activityId).reversed().stream().findFirst();
  }

  @Override
  public Optional<Revision> byRequest(String requestId) {
    requireUp();
    return revisions.stream().filter(r -> r.requestId().equals(requestId)).findFirst();
  }

  @Override
  public History history(Campaign campaign, Optional<Campaign> inForce) {
    requireUp();
    return new History(inForce, scenes, children, budgets);
  }

  @Override
  public boolean add(Revision revision, Campaign campaign, BooleanSupplier inTime) {
    requireUp();
    String owner = revision.activityId();
    boolean taken =
        find(owner, revision.number()).isPresent()
            || byRequest(revision.requestId()).isPresent()
            || takenByAnother(campaign, owner);
    if (taken) {
      return false;
    }
    if (!inTime.getAsBoolean()) {
      throw new StoreUnavailableException("too late", null);
    }
    revisions.add(revision);
    for (Child child : campaign.children()) {
      children.put(child.id(), owner);
      child.scenes().forEach(scene -> scenes.put(scene.id(), owner));
    }
    campaign
        .budgets()
        .forEach(b ->
            budgets.putIfAbsent(b.id(), new BudgetOnRecord(owner, b.unit(), b.total(), b.total())));
    return true;
  }

  private boolean takenByAnother(Campaign campaign, String owner) {
    return campaign.children().stream()
            .anyMatch(child ->
                another(children.get(child.id()), owner)
                    || child.scenes().stream()
                        .anyMatch(scene -> another(scenes.get(scene.id()), owner)))
        || campaign.budgets().stream()
            .map(b -> budgets.get(b.id()))
            .anyMatch(b -> b != null && !b.activityId().equals(owner));
  }

  private static boolean another(@Nullable String holder, String owner) {
    return holder != null && !holder.equals(owner);
  }

  private List<Revision> of(String activityId) {
    requireUp();
    return revisions.stream()
        .filter(r -> r.activityId().equals(activityId))
        .sorted(Comparator.comparingLong(Revision::number))
        .toList();
  }

  private void requireUp() {
    if (down) {
      throw new StoreUnavailableException("cut by the test", null);
    }
  }
}
