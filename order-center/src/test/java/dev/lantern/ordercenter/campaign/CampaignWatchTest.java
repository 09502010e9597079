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

  private void add(long number, Instant effectiveAt) {
    Revision revision =
        new Revision(
            "spring-demo",
            number,
            "etag-" + number,
            Documents.GOOD,
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
