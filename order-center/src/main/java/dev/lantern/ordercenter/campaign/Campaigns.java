package dev.lantern.ordercenter.campaign;

import java.time.Instant;
import java.util.Optional;

/// The trees in effect, as this instance knows them.
public interface Campaigns {
  /// The revision of an activity that is in effect at this instant.
  Known inEffect(String activityId, Instant now);

  /// What is known.
  sealed interface Known {
    record InEffect(CampaignIndex index) implements Known {}

    /// There is no such activity, or nothing of it is in effect yet.
    record None() implements Known {}

    /// This instance cannot be sure any more: a newer revision may have taken effect.
    record Stale() implements Known {}
  }

  /// The revision with the highest number among those that have taken effect: a later number wins
  /// even where an earlier one was to take effect later.
  static Optional<CampaignIndex> inForce(Iterable<Dated> revisions, Instant now) {
    Optional<CampaignIndex> best = Optional.empty();
    long highest = 0;
    for (Dated revision : revisions) {
      if (!revision.effectiveAt().isAfter(now) && revision.index().revision() > highest) {
        best = Optional.of(revision.index());
        highest = revision.index().revision();
      }
    }
    return best;
  }

  /// A revision and when it takes effect.
  record Dated(CampaignIndex index, Instant effectiveAt) {}
}
