package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// This instance's copy of the trees, kept fresh by polling.
///
/// A revision takes effect at least [#LEAD] after it was committed, so an instance whose last good
/// poll began less than that ago knows every revision in effect; one whose poll is older, less a
/// margin for clocks and slow commits, says so and accepts nothing. Elapsed time is the greater of
/// both clocks, as for leases.
public final class CampaignWatch implements Campaigns {
  /// How far ahead of its commit a revision takes effect, at least.
  public static final Duration LEAD = Duration.ofSeconds(10);

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
    if (known == null || clock.now().since(known.begunAt()).compareTo(LEAD.minus(MARGIN)) >= 0) {
      return new Known.Stale();
    }
    return Campaigns.inForce(known.revisions().getOrDefault(activityId, List.of()), now)
        .<Known>map(Known.InEffect::new)
        .orElse(new Known.None());
  }

  /// Reads what is new; called about once a second by one thread.
  ///
  /// @throws dev.lantern.stores.sql.StoreException when it could not; what was known ages
  public void poll() {
    Moment begun = clock.now();
    Snapshot before = snapshot;
    Map<String, List<Dated>> revisions =
        new HashMap<>(before == null ? Map.of() : before.revisions());
    for (CampaignStore.Head head : store.heads()) {
      List<Dated> known = revisions.getOrDefault(head.activityId(), List.of());
      if (newest(known) < head.number()) {
        revisions.put(head.activityId(), extended(head, known, begun.wall()));
      }
    }
    snapshot = new Snapshot(begun, Map.copyOf(revisions));
  }

  private List<Dated> extended(CampaignStore.Head head, List<Dated> known, Instant now) {
    List<Dated> all = new ArrayList<>(known);
    while (newest(all) < head.number()) {
      for (Revision revision : store.after(head.activityId(), newest(all), PAGE)) {
        all.add(new Dated(index(revision), revision.effectiveAt()));
      }
    }
    // What a newer one in effect has replaced is never asked for again.
    long inForce = Campaigns.inForce(all, now).map(CampaignIndex::revision).orElse(0L);
    all.removeIf(dated -> dated.index().revision() < inForce);
    return List.copyOf(all);
  }

  private CampaignIndex index(Revision revision) {
    Campaign campaign =
        CampaignDocument.read(revision.document())
            .campaign()
            .orElseThrow(() ->
                new IllegalStateException(
                    "revision "
                        + revision.number()
                        + " of "
                        + revision.activityId()
                        + " does not hold together"));
    return new CampaignIndex(campaign, revision.number(), drawSecret);
  }

  private static long newest(List<Dated> revisions) {
    return revisions.isEmpty() ? 0 : revisions.getLast().index().revision();
  }

  private record Snapshot(Moment begunAt, Map<String, List<Dated>> revisions) {}
}
