package dev.lantern.controlplane.levels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.AuditStore;
import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.levels.LevelChange.Decision;
import dev.lantern.controlplane.levels.LevelChange.Review;
import dev.lantern.controlplane.levels.LevelChange.State;
import dev.lantern.controlplane.switches.SwitchChange;
import dev.lantern.controlplane.switches.SwitchStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What the stores of levels, switches and the record promise, in memory as in the database. Others
/// may have written there before.
abstract class LevelStoreContract {
  private static final Instant NOW = Instant.parse("2027-02-05T12:00:00.123456Z");
  private static final Signed OPERATOR = new Signed("operator", "ann", "why");
  private static final Signed APPROVER = new Signed("approver", "bob", "seen");

  private final String request = UUID.randomUUID().toString();

  abstract LevelStore levels();

  abstract SwitchStore switches();

  abstract AuditStore audit();

  @Test
  void change_isReadAsItWasWritten() {
    LevelChange written = waiting();
    assertThat(levels().find(written.id())).contains(written);
    assertThat(levels().byRequest(request)).contains(written);
    assertThat(written.state()).isEqualTo(State.WAITING);
    assertThat(written.lasting()).isEqualTo(Duration.ofMinutes(10));
    assertThat(written.meaning()).isEqualTo("0123456789abcdef");
    assertThat(written.asked()).isEqualTo(OPERATOR);
    assertThat(written.at()).isEqualTo(NOW);
    assertThat(written.turn()).isEmpty();
    assertThat(levels().byRequest("another")).isEmpty();
    assertThat(newest()).isEqualTo("level.ask");
  }

  @Test
  void sameRequest_changesNothing_andIsNotInTheRecordAgain() {
    LevelChange first = waiting();
    long events = newestEvent();
    assertThat(levels().append(change(State.WAITING), request, Optional.of(turn()), event("x")))
        .isEmpty();
    assertThat(levels().byRequest(request)).contains(first);
    assertThat(newestEvent()).isEqualTo(events);
  }

  @Test
  void changeWithItsTurn_isOne() {
    LevelChange entered =
        levels()
            .append(change(State.APPLIED), request, Optional.of(turn()), event("level.enter"))
            .orElseThrow();
    SwitchChange turn = levels().turnOf(entered).orElseThrow();
    assertThat(turn).isEqualTo(turn().withRevision(turn.revision()));
    assertThat(switches().newest()).contains(turn);
  }

  @Test
  void decision_isMadeOnce() {
    LevelChange waiting = waiting();
    LevelChange decided = decide(waiting, State.APPLIED, Instant.EPOCH).orElseThrow();
    assertThat(decided.state()).isEqualTo(State.APPLIED);
    assertThat(decided.decision()).contains(new Decision(APPROVER, NOW));
    assertThat(levels().turnOf(decided)).isPresent();
    long events = newestEvent();
    assertThat(decide(waiting, State.REFUSED, Instant.EPOCH)).isEmpty();
    assertThat(levels().find(waiting.id())).contains(decided);
    assertThat(newestEvent()).isEqualTo(events);
  }

  @Test
  void decision_thatComesTooLate_isNone() {
    LevelChange waiting = waiting();
    assertThat(decide(waiting, State.APPLIED, NOW)).isEmpty();
    assertThat(levels().find(waiting.id())).contains(waiting);
    assertThat(levels().waitingSince(NOW, 1000)).contains(waiting);
    assertThat(levels().waitingSince(NOW.minusSeconds(1), 1000)).doesNotContain(waiting);
  }

  @Test
  void review_isMadeOnce_whereOneIsDue() {
    LevelChange none = waiting();
    assertThat(review(none)).isEmpty();
    LevelChange due =
        levels()
            .append(
                change(State.APPLIED, Review.DUE),
                UUID.randomUUID().toString(),
                Optional.of(turn()),
                event("level.enter"))
            .orElseThrow();
    assertThat(levels().list(due.id() + 1, true, 1)).containsExactly(due);
    assertThat(review(due).orElseThrow().review()).isEqualTo(Review.DONE);
    assertThat(review(due)).isEmpty();
  }

  @Test
  void endOfATurn_isWrittenDown_unlessAYoungerTurnIsThere() {
    SwitchChange first = switches().append(turn(), event("switch.set"));
    SwitchChange younger = switches().append(turn(), event("switch.set"));
    SwitchChange end = new SwitchChange(0, turn().name(), 0, "us", "over", NOW, Optional.empty());
    long events = newestEvent();
    assertThat(switches().end(end, first.revision(), event("switch.expire"))).isEmpty();
    assertThat(switches().newest()).contains(younger);
    assertThat(newestEvent()).isEqualTo(events);
    SwitchChange ended =
        switches().end(end, younger.revision(), event("switch.expire")).orElseThrow();
    assertThat(switches().newest()).contains(ended).doesNotContain(younger);
    assertThat(newest()).isEqualTo("switch.expire");
  }

  @Test
  void list_isNewestFirst_belowANumber() {
    LevelChange older = waiting();
    LevelChange newer =
        levels()
            .append(
                change(State.WAITING),
                UUID.randomUUID().toString(),
                Optional.empty(),
                event("level.ask"))
            .orElseThrow();
    assertThat(levels().list(newer.id() + 1, false, 1)).containsExactly(newer);
    assertThat(levels().list(newer.id(), false, 1000)).contains(older).doesNotContain(newer);
  }

  @Test
  void record_isFoundByTheBeginningOfItsAction() {
    audit().append(event("trial_a.b"));
    audit().append(event("trialxa.b"));
    assertThat(audit().list(Long.MAX_VALUE, "trial_", 1))
        .extracting(AuditEvent::action)
        .containsExactly("trial_a.b");
  }

  private LevelChange waiting() {
    return levels()
        .append(change(State.WAITING), request, Optional.empty(), event("level.ask"))
        .orElseThrow();
  }

  private Optional<LevelChange> decide(LevelChange change, State to, Instant notBefore) {
    return levels()
        .decide(
            change.id(),
            to,
            new Decision(APPROVER, NOW),
            notBefore,
            Optional.of(turn()),
            event("level.approve"));
  }

  private Optional<LevelChange> review(LevelChange change) {
    return levels().review(change.id(), new Decision(APPROVER, NOW), event("level.review"));
  }

  private String newest() {
    return audit().list(Long.MAX_VALUE, "", 1).getFirst().action();
  }

  private long newestEvent() {
    return audit().list(Long.MAX_VALUE, "", 1).getFirst().number();
  }

  private static LevelChange change(State state) {
    return change(state, Review.NONE);
  }

  private static LevelChange change(State state, Review review) {
    return new LevelChange(
        0,
        3,
        Duration.ofMinutes(10),
        "0123456789abcdef",
        OPERATOR,
        NOW,
        state,
        review == Review.DUE,
        Optional.empty(),
        review,
        Optional.empty(),
        Optional.empty());
  }

  private static SwitchChange turn() {
    return new SwitchChange(
        0, SwitchChange.LEVEL, 3, "ann", "why", NOW, Optional.of(NOW.plusSeconds(600)));
  }

  private static AuditEvent event(String action) {
    return AuditEvent.of(NOW, action, "L3", OPERATOR, "done", "");
  }
}
