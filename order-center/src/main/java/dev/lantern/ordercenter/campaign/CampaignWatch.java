package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.order.RoundId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This instance's copy of the trees, kept fresh by polling.
///
/// A revision takes effect at least [#LEAD] after it was committed, so an instance whose last good
/// poll began less than that ago knows every revision in effect; one whose poll is older, less a
/// margin for slow commits, says so and accepts nothing. Elapsed time is the greater of both
/// clocks, as for leases. *When* a revision takes effect is judged by the store's clock, whose
/// distance to this instance's is measured at every poll: instances whose clocks differ by seconds
/// change over together.
///
/// A revision that cannot be read (of a newer version, say) stops its own activity alone, and only
/// from the instant at which it takes effect.
public final class CampaignWatch implements Campaigns, Declared, DeclaredOffers {
  /// How far ahead of its commit a revision takes effect, at least.
  public static final Duration LEAD = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(CampaignWatch.class);
  private static final Duration MARGIN = Duration.ofSeconds(2);
  private static final int PAGE = 50;

  private final CampaignStore store;
  private final byte[] drawSecret;
  private final Clock clock;
  private volatile @Nullable Snapshot snapshot;

  public CampaignWatch(CampaignStore store, byte[] drawSecret, Clock clock) {
    this.store = store;
    this.drawSecret = drawSecret.clone();
    this.clock = clock;
  }

  @Override
  public Known inEffect(String activityId, Instant now) {
    Snapshot known = snapshot;
    if (known == null || isStale(known)) {
      return new Known.Stale();
    }
    Optional<Dated> inForce = Campaigns.inForce(known.of(activityId), now.plus(known.storeAhead()));
    if (inForce.isEmpty()) {
      return new Known.None();
    }
    return inForce.get().index().<Known>map(Known.InEffect::new).orElseGet(Known.Stale::new);
  }

  @Override
  public Optional<Reward> reward(String activityId, String childActivityId, String rewardId) {
    return declared(activityId, childActivityId, child -> child.reward(rewardId));
  }

  @Override
  public Optional<Scene> scene(String activityId, String childActivityId, String sceneId) {
    return declared(activityId, childActivityId, child -> child.scene(sceneId));
  }

  private <P> Optional<P> declared(
      String activityId, String childActivityId, Function<Child, Optional<P>> part) {
    Snapshot known = snapshot;
    if (known == null) {
      return Optional.empty();
    }
    return indexes(known, known.of(activityId))
        .flatMap(index -> index.campaign().child(childActivityId).stream())
        .flatMap(child -> part.apply(child).stream())
        .findFirst();
  }

  @Override
  public Found offer(String childActivityId, RoundId round) {
    Snapshot known = snapshot;
    if (known == null) {
      return new Found.NotRead();
    }
    Optional<Found> found =
        known.revisions().entrySet().stream()
            .flatMap(activity ->
                indexes(known, activity.getValue())
                    .flatMap(index -> index.offer(round, childActivityId).stream())
                    .<Found>map(offer -> new Found.Offered(activity.getKey(), offer)))
            .findFirst();
    boolean whole =
        !isStale(known)
            && known.revisions().values().stream()
                .flatMap(List::stream)
                .noneMatch(dated -> dated.index().isEmpty());
    return found.orElseGet(() -> whole ? new Found.Nothing() : new Found.NotRead());
  }

  private boolean isStale(Snapshot known) {
    return clock.now().since(known.begunAt()).compareTo(LEAD.minus(MARGIN)) >= 0;
  }

  /// Of the revision in effect, then of all that are known, the newest first.
  private Stream<CampaignIndex> indexes(Snapshot known, List<Dated> revisions) {
    Instant now = clock.now().wall().plus(known.storeAhead());
    Stream<Dated> newestFirst =
        revisions.stream().sorted(Comparator.comparingLong(Dated::number).reversed());
    return Stream.concat(Campaigns.inForce(revisions, now).stream(), newestFirst)
        .flatMap(dated -> dated.index().stream());
  }

  /// What is known at present; empty before the first good look.
  public Optional<State> state() {
    Snapshot known = snapshot;
    if (known == null) {
      return Optional.empty();
    }
    Moment now = clock.now();
    Map<String, Dated> inForce = new HashMap<>();
    known
        .revisions()
        .forEach((id, revisions) ->
            Campaigns.inForce(revisions, now.wall().plus(known.storeAhead()))
                .ifPresent(dated -> inForce.put(id, dated)));
    return Optional.of(new State(now.since(known.begunAt()), known.storeAhead(), inForce));
  }

  /// Reads what is new; called about once a second by one thread.
  ///
  /// @throws dev.lantern.stores.sql.StoreException when it could not; what was known ages
  public void poll() {
    Moment begun = clock.now();
    Instant storeNow = store.now();
    // The reply was on its way for half of the time, as good as anybody knows.
    Duration halfWay = Duration.between(begun.wall(), clock.now().wall()).dividedBy(2);
    Duration ahead = Duration.between(begun.wall().plus(halfWay), storeNow);
    Snapshot before = snapshot;
    Map<String, List<Dated>> revisions =
        new HashMap<>(before == null ? Map.of() : before.revisions());
    for (CampaignStore.Head head : store.heads()) {
      List<Dated> known = revisions.getOrDefault(head.activityId(), List.of());
      if (newest(known) < head.number()) {
        revisions.put(head.activityId(), extended(head, known, begun.wall().plus(ahead)));
      }
    }
    snapshot = new Snapshot(begun, ahead, Map.copyOf(revisions));
  }

  private List<Dated> extended(CampaignStore.Head head, List<Dated> known, Instant now) {
    List<Dated> all = new ArrayList<>(known);
    while (newest(all) < head.number()) {
      List<Revision> page = store.after(head.activityId(), newest(all), PAGE);
      if (page.isEmpty()) {
        throw new IllegalStateException("revisions of " + head.activityId() + " have vanished");
      }
      page.forEach(revision ->
          all.add(new Dated(revision.number(), revision.effectiveAt(), index(revision))));
    }
    // What a newer one in effect has replaced is never asked for again.
    long inForce = Campaigns.inForce(all, now).map(Dated::number).orElse(0L);
    all.removeIf(dated -> dated.number() < inForce);
    return List.copyOf(all);
  }

  private Optional<CampaignIndex> index(Revision revision) {
    CampaignDocument document = CampaignDocument.stored(revision.document());
    if (document.campaign().isEmpty()) {
      LOG.error(
          "PAGE revision {} of {} cannot be read here: from {} on this instance refuses it; {}",
          revision.number(),
          revision.activityId(),
          revision.effectiveAt(),
          document.problems());
    }
    return document
        .campaign()
        .map(campaign -> new CampaignIndex(campaign, revision.number(), drawSecret));
  }

  private static long newest(List<Dated> revisions) {
    return revisions.isEmpty() ? 0 : revisions.getLast().number();
  }

  /// What a watch knows.
  ///
  /// @param age since its last good look began
  /// @param storeAhead how far the store's clock is ahead of this instance's
  /// @param inForce by activity
  public record State(Duration age, Duration storeAhead, Map<String, Dated> inForce) {
    public State {
      inForce = Map.copyOf(inForce);
    }
  }

  private record Snapshot(Moment begunAt, Duration storeAhead, Map<String, List<Dated>> revisions) {
    List<Dated> of(String activityId) {
      return revisions.getOrDefault(activityId, List.of());
    }
  }
}
