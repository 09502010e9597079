package dev.lantern.controlplane.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.envoy.TestCa;
import dev.lantern.controlplane.rollout.Edits.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fleet of one refuses what it is sent.
final class TakebackLifeTest {
  private static final String RAIN = "rain.yaml";
  private static final String HAIL = "hail.yaml";

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
    place.gateway.connects();
    place.applied(limit("rain", "1000/s"));
    tick(TakebackLifeTest::none);
  }

  @AfterEach
  void stop() {
    place.close();
  }

  @Test
  void refusedRevision_isTakenBack_once() {
    place.applied(limit("rain", "2000/s"));
    tick(TakebackLifeTest::limitOfRain);
    assertRevisionIsOneAgain(3);
    tick(TakebackLifeTest::limitOfRain);
    assertThat(place.store.newest().number()).isEqualTo(3);
  }

  @Test
  void acceptedRevision_stays() {
    place.applied(limit("rain", "2000/s"));
    tick(TakebackLifeTest::none);
    tick(TakebackLifeTest::none);
    assertThat(place.store.newest().number()).isEqualTo(2);
  }

  /// Its successor touches something else, and comes before anybody refused.
  @Test
  void refusedRevision_thatWasOvertaken_isTakenBackWithItsSuccessor() {
    place.applied(limit("rain", "2000/s"));
    place.tick();
    place.applied(limit("hail", "500/s"));
    tick(TakebackLifeTest::limitOfRain);
    assertRevisionIsOneAgain(4);
  }

  @Test
  void refusedRevision_whoseSuccessorMendsIt_stays() {
    place.applied(limit("rain", "2000/s"));
    place.gateway.answers(place.xds, TakebackLifeTest::limitOfRain);
    place.applied(limit("rain", "3000/s"));
    place.tick();
    tick(TakebackLifeTest::none);
    assertThat(place.store.newest().number()).isEqualTo(3);
  }

  /// What was accepted long ago holds a rule that has expired meanwhile.
  @Test
  void revisionBefore_withAnExpiredRule_comesBackWithoutIt() {
    place.applied(
        PolicyPlace.put(
            HAIL, PolicyPlace.limit("hail", "500/s", place.expiresIn(Duration.ofMinutes(1)))));
    tick(TakebackLifeTest::none);
    place.now[0] = place.now[0].plus(Duration.ofMinutes(1));
    place.applied(new Change.Over(Map.of(RAIN, PolicyPlace.limit("rain", "2000/s")), Set.of(HAIL)));
    tick(TakebackLifeTest::limitOfRain);
    assertRevisionIsOneAgain(4);
  }

  /// What it goes back to is no longer allowed: it is not tried all the time.
  @Test
  void takingBack_thatIsRejected_pauses() {
    place.applied(limit("rain", "2000/s"));
    place.rejecting(true);
    tick(TakebackLifeTest::limitOfRain);
    tick(TakebackLifeTest::limitOfRain);
    assertThat(rejected()).isEqualTo(1);
    place.now[0] = place.now[0].plus(Takeback.PAUSE);
    tick(TakebackLifeTest::limitOfRain);
    assertThat(rejected()).isEqualTo(2);
    place.rejecting(false);
    place.now[0] = place.now[0].plus(Takeback.PAUSE);
    tick(TakebackLifeTest::limitOfRain);
    assertRevisionIsOneAgain(3);
  }

  private static boolean none(String name) {
    return false;
  }

  private static boolean limitOfRain(String name) {
    return name.equals("limit.rain");
  }

  private long rejected() {
    return place.store.events.stream()
        .filter(event -> event.outcome().equals("POLICY_REJECTED"))
        .count();
  }

  private void assertRevisionIsOneAgain(long number) {
    assertThat(place.store.newest().number()).isEqualTo(number);
    assertThat(place.mesh.revision().number()).isEqualTo(number);
    assertThat(place.text(RAIN)).contains(PolicyPlace.limit("rain", "1000/s"));
    assertThat(place.text(HAIL)).isEmpty();
  }

  private void tick(Predicate<String> refused) {
    place.gateway.answers(place.xds, refused);
    place.tick();
  }

  private static Change limit(String id, String rate) {
    return PolicyPlace.put(id + ".yaml", PolicyPlace.limit(id, rate));
  }
}
