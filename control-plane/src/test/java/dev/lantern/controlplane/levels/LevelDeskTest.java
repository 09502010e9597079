package dev.lantern.controlplane.levels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.levels.LevelChange.Review;
import dev.lantern.controlplane.levels.LevelChange.State;
import dev.lantern.controlplane.levels.LevelDesk.Ask;
import dev.lantern.controlplane.levels.LevelDesk.Outcome;
import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.switches.SwitchBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LevelDeskTest {
  private static final Signed OPERATOR = new Signed("operator", "ann", "the wallet is slow");
  private static final Signed APPROVER = new Signed("approver", "bob", "seen");
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final Instant[] now = {Instant.parse("2027-02-05T12:00:00Z")};
  private final MemoryLevels store = new MemoryLevels();
  private final SwitchBoard board = new SwitchBoard(() -> now[0]);
  private final LevelDesk desk = new LevelDesk(store, store, board, () -> now[0]);

  @BeforeEach
  void policy() {
    catalogue(Map.of("wallet.view", 0));
  }

  private void catalogue(Map<String, Integer> settings) {
    Rule.Switch view =
        Rule.Switch.of(
            About.of("wallet.view", new Origin("s", 1, 1)), "hidden", 10_000, Optional.empty());
    board.catalogue(
        new Policy(
            List.of(
                view,
                HysteresisTest.level(1, 80, 60),
                HysteresisTest.manual(3, settings),
                HysteresisTest.manual(4))));
  }

  @Test
  void lowLevel_takesOnePerson_andEndsByItself() {
    assertThat(done(desk.ask(ask(1, "r1"))).state()).isEqualTo(State.APPLIED);
    assertThat(board.table().rank(now[0])).isEqualTo(1);
    now[0] = now[0].plus(TEN_MINUTES);
    assertThat(board.table().rank(now[0])).isZero();
  }

  @Test
  void highLevel_waitsForASecondPerson_whoHasAnotherCertificate() {
    LevelChange asked = done(desk.ask(ask(3, "r1")));
    assertThat(asked.state()).isEqualTo(State.WAITING);
    assertThat(wallet()).isEqualTo(10_000);
    assertThat(desk.approve(asked.id(), new Signed("operator", "bob", "I am somebody else")))
        .isInstanceOf(Outcome.SamePerson.class);
    assertThat(wallet()).isEqualTo(10_000);
    assertThat(done(desk.approve(asked.id(), APPROVER)).state()).isEqualTo(State.APPLIED);
    assertThat(wallet()).isZero();
    assertThat(actions())
        .containsExactly("level.ask waiting", "level.approve SELF_APPROVAL", "level.approve done");
  }

  @Test
  void level_lastsFromWhenItIsEntered_notFromWhenItWasAskedFor() {
    LevelChange asked = done(desk.ask(ask(3, "r1")));
    now[0] = now[0].plus(Duration.ofMinutes(9));
    var _ = desk.approve(asked.id(), APPROVER);
    now[0] = now[0].plus(Duration.ofMinutes(9));
    assertThat(board.table().rank(now[0])).isEqualTo(3);
    now[0] = now[0].plus(Duration.ofMinutes(1));
    assertThat(board.table().rank(now[0])).isZero();
  }

  @Test
  void brokenGlass_entersAtOnce_andOwesAReviewByAnother() {
    LevelChange change = done(desk.ask(new Ask(3, TEN_MINUTES, true, OPERATOR, "r1")));
    assertThat(change.state()).isEqualTo(State.APPLIED);
    assertThat(change.glass()).isTrue();
    assertThat(change.review()).isEqualTo(Review.DUE);
    assertThat(wallet()).isZero();
    assertThat(store.list(Long.MAX_VALUE, true, 10)).hasSize(1);
    assertThat(desk.review(change.id(), OPERATOR)).isInstanceOf(Outcome.SamePerson.class);
    assertThat(done(desk.review(change.id(), APPROVER)).review()).isEqualTo(Review.DONE);
    assertThat(store.list(Long.MAX_VALUE, true, 10)).isEmpty();
  }

  @Test
  void whatSomebodyMustStillLookAt_isCounted() {
    var _ = desk.ask(ask(3, "r1"));
    LevelChange glass = done(desk.ask(new Ask(3, TEN_MINUTES, true, OPERATOR, "r2")));
    desk.lapse();
    assertThat(desk.waiting()).isOne();
    assertThat(desk.due()).isOne();
    now[0] = now[0].plus(LevelDesk.PATIENCE);
    var _ = desk.review(glass.id(), APPROVER);
    desk.lapse();
    assertThat(desk.waiting()).isZero();
    assertThat(desk.due()).isZero();
  }

  @Test
  void glass_whereNoSecondPersonIsAsked_isNotBroken() {
    LevelChange change = done(desk.ask(new Ask(1, TEN_MINUTES, true, OPERATOR, "r1")));
    assertThat(change.glass()).isFalse();
    assertThat(change.review()).isEqualTo(Review.NONE);
  }

  @Test
  void goingDown_forLongerThanWasAgreed_takesTwo() {
    var _ = desk.approve(done(desk.ask(ask(4, "r1"))).id(), APPROVER);
    now[0] = now[0].plus(Duration.ofMinutes(9));
    assertThat(done(desk.ask(new Ask(3, Duration.ofHours(1), false, OPERATOR, "r2"))).state())
        .isEqualTo(State.WAITING);
    assertThat(board.table().rank(now[0])).isEqualTo(4);
    Duration rest = Duration.ofMinutes(1);
    assertThat(done(desk.ask(new Ask(3, rest.plusMillis(1), false, OPERATOR, "r3"))).state())
        .isEqualTo(State.WAITING);
    assertThat(done(desk.ask(new Ask(3, rest, false, OPERATOR, "r4"))).state())
        .isEqualTo(State.APPLIED);
    now[0] = now[0].plus(rest);
    assertThat(board.table().rank(now[0])).isZero();
  }

  @Test
  void goingDown_takesOnePerson_prolongingTwo() {
    var _ = desk.approve(done(desk.ask(ask(4, "r1"))).id(), APPROVER);
    assertThat(done(desk.ask(ask(4, "r2"))).state()).isEqualTo(State.WAITING);
    assertThat(done(desk.ask(ask(3, "r3"))).state()).isEqualTo(State.APPLIED);
    assertThat(done(desk.ask(new Ask(0, Duration.ZERO, false, OPERATOR, "r4"))).state())
        .isEqualTo(State.APPLIED);
    assertThat(board.table().rank(now[0])).isZero();
  }

  @Test
  void levelThatMeansSomethingElseMeanwhile_isNotApproved() {
    LevelChange asked = done(desk.ask(ask(3, "r1")));
    catalogue(Map.of("wallet.view", 0, "play.grab", 0));
    assertThat(desk.approve(asked.id(), APPROVER)).isEqualTo(new Outcome.Changed());
    assertThat(wallet()).isEqualTo(10_000);
    assertThat(actions()).contains("level.approve WRONG_STATE");
    catalogue(Map.of("wallet.view", 0));
    LevelChange approved = done(desk.approve(asked.id(), APPROVER));
    catalogue(Map.of("wallet.view", 5000));
    assertThat(done(desk.approve(asked.id(), APPROVER))).isEqualTo(approved);
  }

  @Test
  void sameRequest_isTheSameChange() {
    LevelChange first = done(desk.ask(ask(3, "r1")));
    assertThat(done(desk.ask(ask(3, "r1")))).isEqualTo(first);
    LevelChange approved = done(desk.approve(first.id(), APPROVER));
    assertThat(done(desk.approve(first.id(), APPROVER))).isEqualTo(approved);
    assertThat(actions()).containsExactly("level.ask waiting", "level.approve done");
  }

  /// The database has it, the answer was lost, and this control plane never told: the repetition
  /// tells.
  @Test
  void requestRepeatedAfterALostReply_tellsOfTheTurn() {
    var fresh = new SwitchBoard(() -> now[0]);
    fresh.catalogue(new Policy(List.of(HysteresisTest.level(1, 80, 60))));
    var _ = desk.ask(ask(1, "r1"));
    assertThat(fresh.table().rank(now[0])).isZero();
    var _ = new LevelDesk(store, store, fresh, () -> now[0]).ask(ask(1, "r1"));
    assertThat(fresh.table().rank(now[0])).isEqualTo(1);
  }

  @Test
  void decision_thatComesTooLate_isRefused() {
    LevelChange asked = done(desk.ask(ask(3, "r1")));
    now[0] = now[0].plus(LevelDesk.PATIENCE);
    assertThat(desk.approve(asked.id(), APPROVER)).isInstanceOf(Outcome.WrongState.class);
    desk.lapse();
    assertThat(store.find(asked.id()).orElseThrow().state()).isEqualTo(State.LAPSED);
    assertThat(wallet()).isEqualTo(10_000);
  }

  @Test
  void refusedChange_isNotEnteredAfterwards() {
    LevelChange asked = done(desk.ask(ask(3, "r1")));
    assertThat(done(desk.refuse(asked.id(), OPERATOR)).state()).isEqualTo(State.REFUSED);
    assertThat(desk.approve(asked.id(), APPROVER)).isInstanceOf(Outcome.WrongState.class);
    assertThat(wallet()).isEqualTo(10_000);
  }

  @Test
  void time_isBoundedByTheLevel() {
    assertThat(desk.ask(new Ask(1, Duration.ofHours(2), false, OPERATOR, "r1")))
        .isEqualTo(new Outcome.LastsWrong(Duration.ofHours(1)));
    assertThat(desk.ask(new Ask(1, Duration.ZERO, false, OPERATOR, "r2")))
        .isInstanceOf(Outcome.LastsWrong.class);
    assertThat(desk.ask(new Ask(0, TEN_MINUTES, false, OPERATOR, "r3")))
        .isInstanceOf(Outcome.LastsWrong.class);
    assertThat(desk.ask(ask(7, "r4"))).isInstanceOf(Outcome.NoSuchLevel.class);
  }

  private static Ask ask(int rank, String requestId) {
    return new Ask(rank, TEN_MINUTES, false, OPERATOR, requestId);
  }

  private static LevelChange done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).change();
  }

  private int wallet() {
    return board.table().values(now[0]).getOrDefault("wallet.view", -1);
  }

  private List<String> actions() {
    return store.events.stream().map(LevelDeskTest::spoken).toList();
  }

  private static String spoken(AuditEvent event) {
    return event.action() + " " + event.outcome();
  }
}
