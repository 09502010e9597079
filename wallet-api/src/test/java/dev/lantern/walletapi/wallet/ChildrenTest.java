package dev.lantern.walletapi.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.walletapi.wallet.Children.Child;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChildrenTest {
  private final Directory campaigns = new Directory();
  private long nanos;
  private final Children children = new Children(campaigns, () -> nanos);

  /// What order-center would answer.
  private static final class Directory implements Campaigns {
    private final Set<String> ids = new HashSet<>(Set.of("spring-grey", "spring-official"));
    private String ofNow = "spring-grey";
    private Optional<Reason> refusal = Optional.empty();
    private int asked;

    @Override
    public String childOfNow(String activityId, long actId) {
      ask();
      return ofNow;
    }

    @Override
    public Set<String> children(String activityId) {
      ask();
      return Set.copyOf(ids);
    }

    private void ask() {
      asked++;
      refusal.ifPresent(reason -> {
        throw Refused.of(reason, "as told");
      });
    }
  }

  @Test
  void childOfNow_askedAgainWithinASecond_isNotAskedForAgain() {
    assertThat(children.of("spring", "", 1)).isEqualTo(new Child("spring-grey", false));
    campaigns.ofNow = "spring-official";
    pass(Duration.ofSeconds(1));
    assertThat(children.of("spring", "", 1)).isEqualTo(new Child("spring-grey", false));
    assertThat(campaigns.asked).isEqualTo(1);
    pass(Duration.ofMillis(1));
    assertThat(children.of("spring", "", 1)).isEqualTo(new Child("spring-official", false));
  }

  @Test
  void childOfNow_ofAnotherUserOrActivity_isAskedFor() {
    children.of("spring", "", 1);
    children.of("spring", "", 2);
    children.of("autumn", "", 1);
    assertThat(campaigns.asked).isEqualTo(3);
  }

  @Test
  void childOfNow_withOrderCenterDown_isTheLastKnownAndSaysSo() {
    children.of("spring", "", 1);
    pass(Duration.ofMinutes(29));
    campaigns.refusal = Optional.of(Reason.REASON_DEPENDENCY_DOWN);
    assertThat(children.of("spring", "", 1)).isEqualTo(new Child("spring-grey", true));
    assertThat(reasonOf("spring", "", 2)).isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
    pass(Duration.ofMinutes(2));
    assertThat(reasonOf("spring", "", 1)).isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
  }

  @Test
  void childOfNow_whenTheUserIsNoLongerInAnAudience_isRefusedThoughKnownBefore() {
    children.of("spring", "", 1);
    pass(Duration.ofSeconds(2));
    campaigns.refusal = Optional.of(Reason.REASON_UNKNOWN_ACTIVITY);
    assertThat(reasonOf("spring", "", 1)).isEqualTo(Reason.REASON_UNKNOWN_ACTIVITY);
  }

  @Test
  void childNamed_ofTheActivity_isTakenAndOthersAreUnknown() {
    assertThat(children.of("spring", "spring-official", 1))
        .isEqualTo(new Child("spring-official", false));
    Refused refused =
        catchThrowableOfType(Refused.class, () -> children.of("spring", "autumn-official", 1));
    assertThat(refused.reason()).isEqualTo(Reason.REASON_UNKNOWN_ACTIVITY);
    assertThat(refused.metadata()).containsEntry("field", "child_activity_id");
  }

  @Test
  void childNamed_addedSince_isFoundASecondLater() {
    assertThat(reasonOf("spring", "spring-internal", 1)).isEqualTo(Reason.REASON_UNKNOWN_ACTIVITY);
    campaigns.ids.add("spring-internal");
    pass(Duration.ofMillis(1001));
    assertThat(children.of("spring", "spring-internal", 1).id()).isEqualTo("spring-internal");
  }

  @Test
  void cache_ofMoreThanItHolds_forgetsTheOldest() {
    AgingCache<Integer, String> cache = new AgingCache<>(3, () -> nanos);
    for (int i = 0; i < 10; i++) {
      cache.put(i, "v", nanos);
      assertThat(cache.size()).isLessThanOrEqualTo(3);
    }
    assertThat(cache.find(6)).isEmpty();
    assertThat(cache.find(9)).isPresent();
  }

  @Test
  void childrenOfADocument_areItsIds() {
    assertThat(
            CampaignChildren.in(
                """
                activity: spring
                children:
                  - {id: spring-internal, stage: INTERNAL}
                  - id: spring-official
                    stage: OFFICIAL
                """))
        .containsExactly("spring-internal", "spring-official");
  }

  private Reason reasonOf(String activityId, String childId, long actId) {
    return catchThrowableOfType(Refused.class, () -> children.of(activityId, childId, actId))
        .reason();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
