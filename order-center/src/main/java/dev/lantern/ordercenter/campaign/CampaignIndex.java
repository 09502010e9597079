package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.campaign.Compensation.Fallback;
import dev.lantern.ordercenter.campaign.Scene.Round;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.RoundId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One revision of a tree, turned round: from a round to what it offers. Immutable.
public final class CampaignIndex {
  private final Campaign campaign;
  private final long revision;
  private final Map<RoundId, List<Offer>> offers = new HashMap<>();

  public CampaignIndex(Campaign campaign, long revision, byte[] drawSecret) {
    this.campaign = campaign;
    this.revision = revision;
    for (Child child : campaign.children()) {
      for (Scene scene : child.scenes()) {
        add(child, scene, drawSecret);
      }
    }
  }

  public Campaign campaign() {
    return campaign;
  }

  public long revision() {
    return revision;
  }

  /// What this round offers. A scene without rounds can stand in several children, one after the
  /// other: then the one whose window holds `openTime`, else the nearest to open or the last.
  public Optional<Offer> offer(RoundId round, Instant openTime) {
    List<Offer> found = offers.getOrDefault(round, List.of());
    if (found.size() <= 1) {
      return found.stream().findFirst();
    }
    return found.stream()
        .filter(offer -> openTime.isBefore(offer.closes()))
        .findFirst()
        .or(() -> Optional.of(found.getLast()));
  }

  /// What this round offers in this very child.
  public Optional<Offer> offer(RoundId round, String childActivityId) {
    return offers.getOrDefault(round, List.of()).stream()
        .filter(offer -> offer.child().id().equals(childActivityId))
        .findFirst();
  }

  /// The child this user belongs to now: the one that is open and has them in its audience, the
  /// narrowest stage first.
  public Optional<Child> childOfNow(ActId user, Instant now) {
    return campaign.children().stream()
        .filter(child -> child.isOpenAt(now) && child.audience().includes(user, child.id()))
        .min(Comparator.comparing(Child::stage));
  }

  private void add(Child child, Scene scene, byte[] drawSecret) {
    Prize main = Prize.of(child.reward(scene.rewardId()).orElseThrow(), drawSecret);
    Optional<Prize> fallback =
        scene.compensation().fallback() instanceof Fallback.OtherReward(String rewardId)
            ? child.reward(rewardId).map(reward -> Prize.of(reward, drawSecret))
            : Optional.empty();
    if (scene.rounds().isEmpty()) {
      put(
          new RoundId(scene.id(), 0),
          new Offer(child, scene, child.opens(), child.closes(), false, main, fallback));
    }
    for (Round round : scene.rounds()) {
      put(
          new RoundId(scene.id(), round.rainId()),
          new Offer(child, scene, round.opens(), round.closes(), true, main, fallback));
    }
  }

  private void put(RoundId round, Offer offer) {
    List<Offer> all = offers.computeIfAbsent(round, _ -> new ArrayList<>());
    all.add(offer);
    all.sort(Comparator.comparing(Offer::opens));
  }
}
