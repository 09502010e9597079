package dev.lantern.simulation.world;

import dev.lantern.ordercenter.campaign.Campaign;
import dev.lantern.ordercenter.campaign.CampaignStore;
import dev.lantern.ordercenter.campaign.History;
import dev.lantern.ordercenter.campaign.Revision;
import dev.lantern.simulation.kernel.LifeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// The one revision of the campaign that is played, as the table has it: read, never changed.
///
/// @param document as an operator would apply it
record CampaignRows(String activityId, String document) implements CampaignStore {
  private static final Duration LONG_AGO = Duration.ofDays(2);

  private Revision revision() {
    Instant then = LifeClock.BEGIN.minus(LONG_AGO);
    return new Revision(
        activityId, 1, "etag", document, "operator", "", "apply", OptionalLong.empty(), then, then);
  }

  @Override
  public Instant now() {
    return LifeClock.BEGIN;
  }

  @Override
  public List<Head> heads() {
    return List.of(new Head(activityId, 1));
  }

  @Override
  public List<Revision> after(String activity, long after, int limit) {
    return after == 0 ? List.of(revision()) : List.of();
  }

  @Override
  public List<Revision> before(String activity, long before, int limit) {
    return before > 1 ? List.of(revision()) : List.of();
  }

  @Override
  public Optional<Revision> find(String activity, long number) {
    return number == 1 ? Optional.of(revision()) : Optional.empty();
  }

  @Override
  public Optional<Revision> newest(String activity) {
    return Optional.of(revision());
  }

  @Override
  public Optional<Revision> byRequest(String requestId) {
    return Optional.empty();
  }

  @Override
  public History history(Campaign campaign, Optional<Campaign> inForce) {
    throw new IllegalStateException("nobody applies a revision here");
  }

  @Override
  public boolean add(Revision revision, Campaign campaign, BooleanSupplier inTime) {
    throw new IllegalStateException("nobody applies a revision here");
  }
}
