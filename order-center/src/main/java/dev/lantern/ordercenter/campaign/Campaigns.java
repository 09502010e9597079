package dev.lantern.ordercenter.campaign;

import java.time.Instant;
import java.util.Optional;

/// The trees in effect, as this instance knows them.
public interface Campaigns {
  /// The revision of an activity that is in effect at this instant of this instance's clock.
  Known inEffect(String activityId, Instant now);

  /// What is known.
  sealed interface Known {
    record InEffect(CampaignIndex index) implements Known {}

    /// There is no such activity, or nothing of it is in effect yet.
    record None() implements Known {}

    /// This instance cannot be sure: a newer revision may have taken effect, or the one in effect
    /// is beyond this version.
    record Stale() implements Known {}
  }

  /// The revision with the highest number among those that have taken effect: a later number wins
  /// even where an earlier one was to take effect later.
  static Optional<Dated> inForce(Iterable<Dated> revisions, Instant now) {
    Optional<Dated> best = Optional.empty();
    for (Dated revision : revisions) {
      if (!revision.effectiveAt().isAfter(now)
          && best.filter(known -> known.number() > revision.number()).isEmpty()) {
        best = Optional.of(revision);
      }
    }
    return best;
  }

  /// A revision and when it takes effect.
  ///
  /// @param index empty when this version cannot read it
  record Dated(long number, Instant effectiveAt, Optional<CampaignIndex> index) {}
}
