package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.budget.HandClock;
import dev.lantern.ordercenter.campaign.CampaignDesk.Application;
import dev.lantern.ordercenter.campaign.CampaignDesk.Applied;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class CampaignDeskTest {
  private final HandClock clock = new HandClock();
  private final MemoryCampaignStore store = new MemoryCampaignStore(clock);
  private final CampaignDesk desk = new CampaignDesk(store, clock);

  CampaignDeskTest() {
    // The clock starts at noon of the day the good document is about; go back two hours.
    clock.advance(Duration.ofHours(-2));
  }

  @Test
  void first_revision_takesEffectTenSecondsAhead() {
    Revision revision = done(desk.apply(application(Documents.GOOD, "", "r1")));
    assertThat(revision.number()).isEqualTo(1);
    assertThat(revision.effectiveAt()).isAfterOrEqualTo(clock.instant().plus(CampaignWatch.LEAD));
    assertThat(store.newest("spring-demo")).contains(revision);
  }

  @Test
  void same_requestAgain_givesTheFirstAnswer() {
    Application application = application(Documents.GOOD, "", "r1");
    Revision first = done(desk.apply(application));
    clock.advance(Duration.ofHours(1));
    assertThat(done(desk.apply(application))).isEqualTo(first);
    assertThat(desk.apply(application(Documents.GOOD + "\n", "", "r1")))
        .isEqualTo(new Applied.RequestIdReused());
  }

  @Test
  void stale_etag_isRefused() {
    Revision first = done(desk.apply(application(Documents.GOOD, "", "r1")));
    assertThat(desk.apply(application(Documents.GOOD, "", "r2")))
        .isEqualTo(new Applied.StaleEtag());
    Revision second = done(desk.apply(application(Documents.GOOD, first.etag(), "r3")));
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.etag()).isNotEqualTo(first.etag());
  }

  @Test
  void dryRun_answersAsIfApplied_andChangesNothing() {
    Application dry =
        new Application(
            Documents.GOOD, "", Optional.empty(), "r1", "me", "why", true, OptionalLong.empty());
    assertThat(done(desk.apply(dry)).number()).isEqualTo(1);
    assertThat(store.heads()).isEmpty();
  }

  @Test
  void effective_instant_tooSoon_isRefused() {
    Instant soon = clock.instant().plus(CampaignWatch.LEAD).minusMillis(1);
    Application application =
        new Application(
            Documents.GOOD, "", Optional.of(soon), "r1", "me", "why", false, OptionalLong.empty());
    assertThat(desk.apply(application))
        .isEqualTo(new Applied.TooSoon(clock.instant().plus(CampaignWatch.LEAD)));
  }

  @Test
  void next_revision_isHeldToTheOneInForce_notToOneThatNeverComes() {
    Revision first = done(desk.apply(application(Documents.GOOD, "", "r1")));
    // The second would take effect tomorrow and adds a round; the third comes before it, without.
    String withRound =
        Documents.with(
            "{rain_id: 1, opens",
            "{rain_id: 9, opens: 2027-01-03T12:00:00Z, closes: 2027-01-03T12:00:30Z}\n"
                + "          - {rain_id: 1, opens");
    Revision second =
        done(
            desk.apply(
                new Application(
                    withRound,
                    first.etag(),
                    Optional.of(clock.instant().plus(Duration.ofDays(1))),
                    "r2",
                    "me",
                    "why",
                    false,
                    OptionalLong.empty())));
    clock.advance(Duration.ofMinutes(1));
    assertThat(desk.apply(application(Documents.GOOD, second.etag(), "r3")))
        .isInstanceOf(Applied.Done.class);
  }

  @Test
  void earlier_document_isTheNextRevision_andRemembersWhose() {
    Revision first = done(desk.apply(application(Documents.GOOD, "", "r1")));
    clock.advance(Duration.ofMinutes(1));
    String retitled = Documents.with("A little luck", "Much luck");
    Revision second = done(desk.apply(application(retitled, first.etag(), "r2")));
    clock.advance(Duration.ofMinutes(1));

    assertThat(desk.rollBack("spring-demo", 1, application("", first.etag(), "r3")))
        .isEqualTo(new Applied.StaleEtag());
    Application wish = application("", second.etag(), "r3");
    Revision third = done(desk.rollBack("spring-demo", 1, wish));
    assertThat(third.number()).isEqualTo(3);
    assertThat(third.document()).isEqualTo(first.document());
    assertThat(third.rollbackOf()).isEqualTo(OptionalLong.of(1));
    assertThat(done(desk.rollBack("spring-demo", 1, wish))).isEqualTo(third);
    // The same request id for something else is not the same request.
    assertThat(desk.rollBack("spring-demo", 2, wish)).isEqualTo(new Applied.RequestIdReused());
    assertThat(desk.apply(application(Documents.GOOD, third.etag(), "r3")))
        .isEqualTo(new Applied.RequestIdReused());
    assertThat(desk.rollBack("spring-demo", 9, application("", third.etag(), "r4")))
        .isEqualTo(new Applied.NoSuchRevision());
  }

  @Test
  void rollback_pastWhatIsInEffect_isRefusedWithTheReasons() {
    Revision first = done(desk.apply(application(Documents.GOOD, "", "r1")));
    String withRound =
        Documents.with(
            "{rain_id: 1, opens",
            "{rain_id: 9, opens: 2027-01-03T12:00:00Z, closes: 2027-01-03T12:00:30Z}\n"
                + "          - {rain_id: 1, opens");
    Revision second = done(desk.apply(application(withRound, first.etag(), "r2")));
    clock.advance(Duration.ofMinutes(1));
    Applied refused = desk.rollBack("spring-demo", 1, application("", second.etag(), "r3"));
    assertThat(refused).isInstanceOf(Applied.Invalid.class);
    assertThat(((Applied.Invalid) refused).problems())
        .extracting(Problem::path)
        .containsExactly("children[1].scenes[0].rounds");
    assertThat(store.newest("spring-demo")).contains(second);
  }

  @Test
  void lead_isMeasuredByTheStoresClock() {
    HandClock theirs = new HandClock();
    theirs.shiftWall(Duration.ofHours(-2).minusSeconds(2));
    CampaignDesk slow = new CampaignDesk(store, theirs);
    Revision revision = done(slow.apply(application(Documents.GOOD, "", "r1")));
    assertThat(revision.effectiveAt()).isAfterOrEqualTo(store.now().plus(CampaignWatch.LEAD));
  }

  @Test
  void validate_tellsTheProblems_andChangesNothing() {
    assertThat(desk.validate(Documents.GOOD)).isEmpty();
    assertThat(desk.validate(Documents.with("stage: INTERNAL", "stage: NONE"))).hasSize(1);
    assertThat(store.heads()).isEmpty();
  }

  private static Application application(String document, String etag, String requestId) {
    return new Application(
        document, etag, Optional.empty(), requestId, "me", "why", false, OptionalLong.empty());
  }

  private static Revision done(Applied applied) {
    assertThat(applied).isInstanceOf(Applied.Done.class);
    return ((Applied.Done) applied).revision();
  }
}
