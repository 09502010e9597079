package dev.lantern.ordercenter.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.ordercenter.budget.HandClock;
import dev.lantern.ordercenter.campaign.Campaigns.Known;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class CampaignWatchTest {
  private final HandClock clock = new HandClock();
  private final MemoryCampaignStore store = new MemoryCampaignStore(clock);
  private final CampaignWatch watch =
      new CampaignWatch(store, "a secret for tests".getBytes(UTF_8), clock);

  @Test
  void unpolled_watch_knowsNothing_andSaysSo() {
    assertThat(inEffect("spring-demo")).isEqualTo(new Known.Stale());
  }

  @Test
  void revision_isInEffect_fromItsInstantOn() {
    add(1, clock.instant().plusSeconds(10));
    watch.poll();
    assertThat(inEffect("spring-demo")).isEqualTo(new Known.None());
    assertThat(inEffect("autumn")).isEqualTo(new Known.None());

    clock.advance(Duration.ofSeconds(5));
    watch.poll();
    clock.advance(Duration.ofSeconds(5));
    assertThat(revision()).isEqualTo(1);

    add(2, clock.instant().plusSeconds(3600));
    add(3, clock.instant().plusSeconds(10));
    watch.poll();
    assertThat(revision()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(7));
    watch.poll();
    clock.advance(Duration.ofSeconds(3));
    assertThat(revision()).isEqualTo(3);
    // The second would take effect now; the third, a later word, has replaced it.
    clock.advance(Duration.ofHours(1));
    watch.poll();
    assertThat(revision()).isEqualTo(3);
  }

  @Test
  void watch_thatCannotPoll_stopsBeforeAnUnseenRevisionCouldTakeEffect() {
    add(1, clock.instant().minusSeconds(1));
    watch.poll();
    store.down(true);
    clock.advance(Duration.ofMillis(7_999));
    assertThatThrownBy(watch::poll).isInstanceOf(StoreUnavailableException.class);
    assertThat(revision()).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(inEffect("spring-demo")).isEqualTo(new Known.Stale());

    store.down(false);
    watch.poll();
    assertThat(revision()).isEqualTo(1);
  }

  @Test
  void watch_ofASuspendedMachine_isStale() {
    add(1, clock.instant().minusSeconds(1));
    watch.poll();
    clock.shiftWall(Duration.ofSeconds(8));
    assertThat(inEffect("spring-demo")).isEqualTo(new Known.Stale());
  }

  @Test
  void revision_takesEffect_byTheStoresClock_whateverTheInstances() {
    Duration fast = Duration.ofSeconds(2);
    HandClock theirs = new HandClock();
    theirs.shiftWall(fast);
    CampaignWatch other = new CampaignWatch(store, "a secret for tests".getBytes(UTF_8), theirs);
    add(1, clock.instant().plusSeconds(3));
    watch.poll();
    other.poll();
    clock.advance(Duration.ofMillis(2_999));
    theirs.advance(Duration.ofMillis(2_999));
    assertThat(inEffect("spring-demo")).isEqualTo(new Known.None());
    assertThat(other.inEffect("spring-demo", theirs.instant())).isEqualTo(new Known.None());
    clock.advance(Duration.ofMillis(1));
    theirs.advance(Duration.ofMillis(1));
    assertThat(revision()).isEqualTo(1);
    assertThat(other.inEffect("spring-demo", theirs.instant())).isInstanceOf(Known.InEffect.class);
  }

  @Test
  void instance_cutOffPastTheInstantOfARevision_refusesUntilItHasLookedAgain() {
    add(1, clock.instant().minusSeconds(1));
    watch.poll();
    // Right after this look another instance applies the second revision.
    Instant effectiveAt = clock.instant().plus(CampaignWatch.LEAD);
    add(2, effectiveAt);
    store.down(true);
    while (clock.instant().isBefore(effectiveAt.plusSeconds(2))) {
      assertThatThrownBy(watch::poll).isInstanceOf(StoreUnavailableException.class);
      if (inEffect("spring-demo") instanceof Known.InEffect) {
        assertThat(clock.instant()).isBefore(effectiveAt);
      }
      clock.advance(Duration.ofMillis(100));
    }
    assertThat(inEffect("spring-demo")).isEqualTo(new Known.Stale());
    store.down(false);
    watch.poll();
    assertThat(revision()).isEqualTo(2);
  }

  @Test
  void unreadable_revision_stopsItsOwnActivityAlone_fromItsInstantOn() {
    add(1, clock.instant().minusSeconds(1));
    add(2, clock.instant().plusSeconds(5), "activity: spring-demo\nnovelty: of a later version\n");
    watch.poll();
    assertThat(revision()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(5));
    watch.poll();
    assertThat(inEffect("spring-demo")).isEqualTo(new Known.Stale());
    assertThat(inEffect("autumn")).isEqualTo(new Known.None());
    add(3, clock.instant());
    watch.poll();
    assertThat(revision()).isEqualTo(3);
  }

  @Test
  void stored_revision_isHeldToTheRulesOfItsDay() {
    // Overlapping children of one stage: no rule allows that now.
    String then = Documents.with("stage: INTERNAL", "stage: OFFICIAL");
    assertThat(CampaignDocument.read(then).problems()).isNotEmpty();
    add(1, clock.instant().minusSeconds(1), then);
    watch.poll();
    assertThat(revision()).isEqualTo(1);
  }

  @Test
  void declared_parts_areFound_howeverOldTheLastLookIs() {
    assertThat(watch.reward("spring-demo", "spring-demo-official", "cash-small")).isEmpty();
    add(1, clock.instant().plusSeconds(10));
    watch.poll();
    clock.advance(Duration.ofHours(1));
    assertThat(inEffect("spring-demo")).isEqualTo(new Known.Stale());
    assertThat(watch.reward("spring-demo", "spring-demo-official", "cash-small"))
        .hasValueSatisfying(reward -> assertThat(reward.templateId()).isEqualTo("t-1002"));
    assertThat(watch.scene("spring-demo", "spring-demo-official", "always")).isPresent();
    assertThat(watch.scene("spring-demo", "spring-demo-internal", "always")).isEmpty();
  }

  @Test
  void state_tellsItsAge_theClocksDistance_andWhatIsInForce() {
    assertThat(watch.state()).isEmpty();
    add(1, clock.instant().minusSeconds(1));
    watch.poll();
    clock.advance(Duration.ofSeconds(3));
    CampaignWatch.State state = watch.state().orElseThrow();
    assertThat(state.age()).isEqualTo(Duration.ofSeconds(3));
    assertThat(state.storeAhead()).isEqualTo(Duration.ZERO);
    assertThat(state.inForce()).containsOnlyKeys("spring-demo");
    assertThat(state.inForce().values()).extracting(Campaigns.Dated::number).containsExactly(1L);
  }

  private void add(long number, Instant effectiveAt) {
    add(number, effectiveAt, Documents.GOOD);
  }

  private void add(long number, Instant effectiveAt, String document) {
    Revision revision =
        new Revision(
            "spring-demo",
            number,
            "etag-" + number,
            document,
            "me",
            "why",
            "r" + number,
            OptionalLong.empty(),
            clock.instant(),
            effectiveAt);
    assertThat(store.add(revision, Documents.good(), () -> true)).isTrue();
  }

  private Known inEffect(String activityId) {
    return watch.inEffect(activityId, clock.instant());
  }

  private long revision() {
    assertThat(inEffect("spring-demo")).isInstanceOf(Known.InEffect.class);
    return ((Known.InEffect) inEffect("spring-demo")).index().revision();
  }
}
