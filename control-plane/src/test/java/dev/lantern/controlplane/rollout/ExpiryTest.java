package dev.lantern.controlplane.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.envoy.TestCa;
import dev.lantern.controlplane.rollout.Edits.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExpiryTest {
  private static final String RAIN = "rain.yaml";
  private static final String HAIL = "hail.yaml";
  private static final String PLAIN = PolicyPlace.limit("rain", "1000/s");

  @TempDir static Path certificates;
  private static TestCa ca;

  @TempDir Path dir;
  private PolicyPlace place;

  @BeforeAll
  static void certify() throws Exception {
    ca = TestCa.create(certificates, List.of("control-plane"));
  }

  @BeforeEach
  void start() throws Exception {
    place = new PolicyPlace(dir, ca);
  }

  @AfterEach
  void stop() {
    place.close();
  }

  @Test
  void expiredRule_itsDocumentIsWhatItWas_orGoes() {
    place.applied(PolicyPlace.put(RAIN, PLAIN));
    place.applied(PolicyPlace.put(RAIN, shortly("rain", 1)));
    place.applied(PolicyPlace.put(HAIL, shortly("hail", 1)));
    tickAfter(Duration.ofSeconds(59));
    assertThat(place.store.newest().number()).isEqualTo(3);
    tickAfter(Duration.ofSeconds(1));
    tickAfter(Duration.ofSeconds(1));
    assertThat(place.text(RAIN)).contains(PLAIN);
    assertThat(place.text(HAIL)).isEmpty();
    assertThat(place.mesh.revision().number()).isEqualTo(5);
  }

  /// Two emergency limits one after the other: the text between them has expired, too.
  @Test
  void olderText_thatHasExpiredItself_isPassedOver() {
    place.applied(PolicyPlace.put(RAIN, PLAIN));
    place.applied(PolicyPlace.put(RAIN, shortly("rain", 1)));
    place.applied(PolicyPlace.put(RAIN, shortly("rain", 2)));
    tickAfter(Duration.ofMinutes(2));
    assertThat(place.text(RAIN)).contains(PLAIN);
  }

  /// What was there before refers to a switch that is gone.
  @Test
  void documentThatCannotBeEnded_keepsNoOther_andIsTriedEverLessOften() {
    place.applied(
        new Change.Over(
            Map.of(
                "a.yaml",
                PolicyPlace.limit("a", "1000/s", "while: wallet.view"),
                "switch.yaml",
                PolicyPlace.SWITCH),
            Set.of()));
    place.applied(PolicyPlace.put("a.yaml", shortly("a", 1)));
    place.applied(new Change.Over(Map.of(HAIL, shortly("hail", 1)), Set.of("switch.yaml")));
    tickAfter(Duration.ofMinutes(1));
    assertThat(rejected()).isEqualTo(1);
    tickAfter(Duration.ofSeconds(1));
    assertThat(place.text(HAIL)).isEmpty();
    assertThat(place.text("a.yaml")).isPresent();
    tickAfter(Expiry.PAUSE);
    assertThat(rejected()).isEqualTo(2);
    tickAfter(Expiry.PAUSE);
    assertThat(rejected()).isEqualTo(2);
    tickAfter(Expiry.PAUSE);
    assertThat(rejected()).isEqualTo(3);
    for (int i = 0; i < 20; i++) {
      tickAfter(Expiry.LONGEST_PAUSE);
    }
    assertThat(rejected()).isEqualTo(23);
    place.applied(PolicyPlace.put("switch.yaml", PolicyPlace.SWITCH));
    tickAfter(Expiry.LONGEST_PAUSE);
    assertThat(place.text("a.yaml").orElseThrow()).contains("while: wallet.view");
  }

  @Test
  void expiredRule_whileTheDatabaseIsAway_endsOnceItIsBack() {
    place.applied(PolicyPlace.put(HAIL, shortly("hail", 1)));
    place.store.away = true;
    tickAfter(Duration.ofMinutes(1));
    assertThat(place.mesh.revision().number()).isEqualTo(1);
    place.store.away = false;
    tickAfter(Expiry.PAUSE);
    assertThat(place.text(HAIL)).isEmpty();
  }

  private long rejected() {
    return place.store.events.stream()
        .filter(event -> event.outcome().equals("POLICY_REJECTED"))
        .count();
  }

  private String shortly(String id, int minutes) {
    return PolicyPlace.limit(id, "100/s", place.expiresIn(Duration.ofMinutes(minutes)));
  }

  private void tickAfter(Duration time) {
    place.now[0] = place.now[0].plus(time);
    place.tick();
  }
}
