package dev.lantern.ordercenter.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lantern.ordercenter.order.Times;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Judges documents and makes them revisions.
public final class CampaignDesk {
  /// How much of the lead a named instant may lose.
  private static final Duration LOSS = Duration.ofSeconds(1);

  private static final int PAGE = 50;

  private final CampaignStore store;
  private final InstantSource clock;

  public CampaignDesk(CampaignStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// What judging and writing may take when the caller names no instant: a second, and for a large
  /// tree more, since a busy machine reads a mebibyte in a good second.
  private static Duration slack(String document) {
    return Duration.ofSeconds(1).plusMillis(document.length() / 256);
  }

  /// What applying this document as soon as allowed would meet; changes nothing.
  public List<Problem> validate(String document) {
    return judge(document, store.now().plus(CampaignWatch.LEAD)).problems();
  }

  /// Makes a document the next revision of its activity.
  public Applied apply(Application application) {
    Optional<Applied> earlier = earlier(application);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    // By the store's clock, as every instance judges it; what passes from here on, by one's own.
    Instant begun = clock.instant();
    Instant now = Times.toMicros(store.now());
    Instant earliest = now.plus(CampaignWatch.LEAD);
    Instant effectiveAt =
        application.effectiveAt().orElse(earliest.plus(slack(application.document())));
    if (effectiveAt.isBefore(earliest)) {
      return new Applied.TooSoon(earliest);
    }
    CampaignDocument judged = judge(application.document(), effectiveAt);
    if (judged.campaign().isEmpty()) {
      return new Applied.Invalid(judged.problems());
    }
    Campaign campaign = judged.campaign().get();
    Optional<Revision> newest = store.newest(campaign.activityId());
    if (!newest.map(Revision::etag).orElse("").equals(application.etag())) {
      return new Applied.StaleEtag();
    }
    Revision next = next(application, campaign, newest, now, Times.toMicros(effectiveAt));
    if (application.dryRun()) {
      return new Applied.Done(next);
    }
    Duration spare = Duration.between(earliest, effectiveAt);
    Instant latest = begun.plus(spare.compareTo(LOSS) > 0 ? spare : LOSS);
    return store.add(next, campaign, () -> clock.instant().isBefore(latest))
        ? new Applied.Done(next)
        : earlier(application).orElse(new Applied.StaleEtag());
  }

  /// Makes an earlier document the next revision again: judged anew, against all that has come
  /// since.
  public Applied rollBack(String activityId, long to, Application wish) {
    return store
        .find(activityId, to)
        .map(revision -> apply(wish.repeating(revision)))
        .orElseGet(Applied.NoSuchRevision::new);
  }

  // The same request again gets the first answer.
  private Optional<Applied> earlier(Application application) {
    return store
        .byRequest(application.requestId())
        .map(revision ->
            revision.document().equals(application.document())
                    && revision.rollbackOf().equals(application.rollbackOf())
                ? new Applied.Done(revision)
                : new Applied.RequestIdReused());
  }

  private CampaignDocument judge(String document, Instant effectiveAt) {
    CampaignDocument alone = CampaignDocument.read(document);
    if (alone.campaign().isEmpty()) {
      return alone;
    }
    Campaign campaign = alone.campaign().get();
    History history = store.history(campaign, inForce(campaign.activityId(), effectiveAt));
    return CampaignDocument.readNext(document, history, effectiveAt);
  }

  // What the new revision will follow: of the revisions that take effect before it, the last.
  private Optional<Campaign> inForce(String activityId, Instant effectiveAt) {
    long before = Long.MAX_VALUE;
    while (true) {
      List<Revision> page = store.before(activityId, before, PAGE);
      for (Revision revision : page) {
        if (!revision.effectiveAt().isAfter(effectiveAt)) {
          return Optional.of(tree(revision));
        }
        before = revision.number();
      }
      if (page.size() < PAGE) {
        return Optional.empty();
      }
    }
  }

  // A revision that this version cannot read is not taken for none: nothing could be held to it.
  private static Campaign tree(Revision revision) {
    return CampaignDocument.stored(revision.document())
        .campaign()
        .orElseThrow(() ->
            new IllegalStateException(
                "revision "
                    + revision.number()
                    + " of "
                    + revision.activityId()
                    + " cannot be read by this version"));
  }

  private static Revision next(
      Application application,
      Campaign campaign,
      Optional<Revision> newest,
      Instant now,
      Instant effectiveAt) {
    long number = newest.map(Revision::number).orElse(0L) + 1;
    return new Revision(
        campaign.activityId(),
        number,
        etag(number, application.document()),
        application.document(),
        application.author(),
        application.reason(),
        application.requestId(),
        application.rollbackOf(),
        now,
        effectiveAt);
  }

  private static String etag(long number, String document) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update((number + "\n").getBytes(UTF_8));
      return HexFormat.of().formatHex(sha256.digest(document.getBytes(UTF_8)), 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /// A wish to make a document the next revision.
  ///
  /// @param etag of the revision it follows; empty for the first
  /// @param effectiveAt empty: as soon as allowed
  /// @param rollbackOf the revision whose document it is, for a rollback
  public record Application(
      String document,
      String etag,
      Optional<Instant> effectiveAt,
      String requestId,
      String author,
      String reason,
      boolean dryRun,
      OptionalLong rollbackOf) {
    private Application repeating(Revision revision) {
      return new Application(
          revision.document(),
          etag,
          effectiveAt,
          requestId,
          author,
          reason,
          dryRun,
          OptionalLong.of(revision.number()));
    }
  }

  /// What came of it.
  public sealed interface Applied {
    /// It is, or with a dry run would be, this revision.
    record Done(Revision revision) implements Applied {}

    record Invalid(List<Problem> problems) implements Applied {}

    record StaleEtag() implements Applied {}

    /// The request id was used for another document.
    record RequestIdReused() implements Applied {}

    record TooSoon(Instant earliest) implements Applied {}

    /// There is nothing to roll back to.
    record NoSuchRevision() implements Applied {}
  }
}
