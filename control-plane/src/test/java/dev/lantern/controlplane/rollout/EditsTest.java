package dev.lantern.controlplane.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.envoy.TestCa;
import dev.lantern.controlplane.rollout.Edits.Change;
import dev.lantern.controlplane.rollout.Edits.Edit;
import dev.lantern.controlplane.rollout.Edits.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EditsTest {
  private static final String RAIN = "rain.yaml";

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
  void edit_thatIsApplied_isInForceAndInTheRecord() {
    assertThat(place.applied(rain("1000/s"))).isEqualTo(1);
    assertThat(place.mesh.revision()).isEqualTo(place.store.newest());
    assertThat(place.store.events)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.action()).isEqualTo("policy.apply");
          assertThat(event.outcome()).isEqualTo("done");
        });
  }

  @Test
  void sameRequest_isToldWhatItMade() {
    Edit edit = place.edit(rain("1000/s"));
    Outcome first = place.edits.apply(edit);
    assertThat(place.applied(rain("2000/s"))).isEqualTo(2);
    assertThat(((Outcome.Applied) place.edits.apply(edit)).revision())
        .isEqualTo(((Outcome.Applied) first).revision());
  }

  @Test
  void sameRequestOfARollback_isToldWhatItMade() {
    place.applied(rain("1000/s"));
    place.applied(rain("2000/s"));
    Edit edit = place.edit(new Change.BackTo(1));
    assertThat(place.edits.apply(edit)).isInstanceOf(Outcome.Applied.class);
    assertThat(((Outcome.Applied) place.edits.apply(edit)).revision().number()).isEqualTo(3);
    assertThat(place.edits.apply(withId(place.edit(new Change.BackTo(2)), edit)))
        .isInstanceOf(Outcome.OtherEdit.class);
  }

  @Test
  void requestId_ofAnotherEdit_isRefused_andRecorded() {
    Edit edit = place.edit(rain("1000/s"));
    assertThat(place.edits.apply(edit)).isInstanceOf(Outcome.Applied.class);
    Edit other = withId(place.edit(rain("2000/s")), edit);
    assertThat(place.edits.apply(other)).isInstanceOf(Outcome.OtherEdit.class);
    Edit bySomebodyElse =
        new Edit(
            edit.change(),
            "",
            new Signed("operator", "bob", "why"),
            edit.requestId(),
            "policy.apply");
    assertThat(place.edits.apply(bySomebodyElse)).isInstanceOf(Outcome.OtherEdit.class);
    assertThat(place.store.events)
        .extracting(event -> event.outcome())
        .containsExactly("done", "INVALID_FIELD", "INVALID_FIELD");
    assertThat(place.store.newest().number()).isEqualTo(1);
  }

  /// One request, sent to two control planes at once.
  @Test
  void request_thatAnotherControlPlaneAnsweredFaster_isWhatThatOneMade() {
    place.applied(rain("1000/s"));
    Edit edit = place.edit(rain("2000/s"));
    place.store.faster = Optional.of(edit.requestId());
    assertThat(place.edits.apply(edit)).isInstanceOf(Outcome.Applied.class);
    assertThat(place.store.newest().number()).isEqualTo(2);
    assertThat(place.mesh.revision().number()).isEqualTo(2);
  }

  @Test
  void editThatLosesTheRace_isStale_andRecorded() {
    place.store.faster = Optional.of("another request");
    assertThat(place.edits.apply(place.edit(rain("1000/s")))).isInstanceOf(Outcome.Stale.class);
    assertThat(place.store.events)
        .extracting(event -> event.outcome())
        .containsExactly("STALE_ETAG");
  }

  @Test
  void rollbackToNoRevision_isRecorded() {
    assertThat(place.edits.apply(place.edit(new Change.BackTo(7))))
        .isInstanceOf(Outcome.NoSuchRevision.class);
    assertThat(place.store.events)
        .extracting(event -> event.outcome())
        .containsExactly("NOT_FOUND");
  }

  /// A revision that held a rule for a while comes back without it.
  @Test
  void rollback_bringsBackWhatWasBeforeARuleThatHasExpired() {
    String plain = PolicyPlace.limit("rain", "1000/s");
    place.applied(PolicyPlace.put(RAIN, plain));
    String expires = place.expiresIn(Duration.ofMinutes(1));
    place.applied(
        new Change.Over(
            Map.of(
                RAIN,
                PolicyPlace.limit("rain", "100/s", expires),
                "hail.yaml",
                PolicyPlace.limit("hail", "200/s", expires)),
            Set.of()));
    place.applied(new Change.Over(Map.of(RAIN, plain), Set.of("hail.yaml")));
    place.applied(PolicyPlace.put("switch.yaml", PolicyPlace.SWITCH));
    place.now[0] = place.now[0].plus(Duration.ofMinutes(2));
    place.applied(new Change.BackTo(2));
    assertThat(place.text(RAIN)).contains(plain);
    assertThat(place.text("hail.yaml")).isEmpty();
    assertThat(place.text("switch.yaml")).isEmpty();
  }

  private static Edit withId(Edit edit, Edit other) {
    return new Edit(edit.change(), edit.etag(), edit.signed(), other.requestId(), edit.action());
  }

  private static Change rain(String rate) {
    return PolicyPlace.put(RAIN, PolicyPlace.limit("rain", rate));
  }
}
