package dev.lantern.ordercenter.fund;

import dev.lantern.ordercenter.Trees;
import dev.lantern.ordercenter.campaign.Campaign;
import dev.lantern.ordercenter.campaign.CampaignStore;
import dev.lantern.ordercenter.campaign.History;
import dev.lantern.ordercenter.campaign.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// The revisions of one tree, in memory; its round is at noon.
final class Revisions implements CampaignStore {
  private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");
  private final List<Revision> all = new ArrayList<>();

  void add(long number, Instant effectiveAt, long single, long daily) {
    add(number, effectiveAt, single, daily, "{max_tries: 8}");
  }

  void add(long number, Instant effectiveAt, long single, long daily, String retry) {
    String tree =
        Trees.rain("spring", 100_000, NOON, NOON.plusSeconds(60))
            .replace("id: spring-rain", "id: rain-a7f3")
            .replace(
                "single_amount_cap_fen: 200",
                ("single_amount_cap_fen: %d%n        daily_cap_fen: %d%n"
                        + "        compensation: {retry: %s}")
                    .formatted(single, daily, retry));
    all.add(
        new Revision(
            "spring",
            number,
            "etag",
            tree,
            "me",
            "why",
            "r" + number,
            OptionalLong.empty(),
            effectiveAt,
            effectiveAt));
  }

  @Override
  public Instant now() {
    return NOON;
  }

  @Override
  public List<Head> heads() {
    return all.isEmpty() ? List.of() : List.of(new Head("spring", all.getLast().number()));
  }

  @Override
  public List<Revision> after(String activityId, long after, int limit) {
    return all.stream().filter(r -> r.number() > after).limit(limit).toList();
  }

  @Override
  public List<Revision> before(String activityId, long before, int limit) {
    return List.of();
  }

  @Override
  public Optional<Revision> find(String activityId, long number) {
    return Optional.empty();
  }

  @Override
  public Optional<Revision> newest(String activityId) {
    return Optional.empty();
  }

  @Override
  public Optional<Revision> byRequest(String requestId) {
    return Optional.empty();
  }

  @Override
  public History history(Campaign campaign, Optional<Campaign> inForce) {
    throw new IllegalStateException("not asked");
  }

  @Override
  public boolean add(Revision revision, Campaign campaign, BooleanSupplier inTime) {
    return false;
  }
}
