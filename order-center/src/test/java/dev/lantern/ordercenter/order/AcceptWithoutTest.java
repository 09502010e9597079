package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.order.AcceptResult.Accepted;
import dev.lantern.ordercenter.order.OrderReader.Found;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Accepting while Kafka, Redis or both are away.
final class AcceptWithoutTest {
  private final AcceptWorld world = new AcceptWorld();
  private final AcceptWorld.Instance api = world.instance("api-1");

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void withoutKafka_theOrderWaitsInTheInbox_andItsTokenIsKept() {
    world.modes.set(true, TestModes.INBOX);
    AcceptRequest request = AcceptWorld.request(1);
    Accepted first = accepted(api.accept(request));
    assertThat(first.state()).isEqualTo(OrderState.ORDER_STATE_PROCESSING);
    assertThat(world.log.records()).isEmpty();
    assertThat(world.find(request.orderNo())).isInstanceOf(Found.Waiting.class);
    assertThat(world.promises.look(Lane.LANE_LIVE, request.orderNo()).token()).isPresent();
    assertThat(accepted(api.accept(request)).replayed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutRedis_aRetryGetsTheFirstAnswer_fromTheLedger(boolean direct) {
    world.modes.set(false, direct ? TestModes.DIRECT : TestModes.INBOX);
    AcceptRequest request = AcceptWorld.request(1);
    Accepted first = accepted(api.accept(request));
    Accepted again = accepted(api.accept(request));
    assertThat(again)
        .isEqualTo(
            new Accepted(first.orderNo(), first.state(), first.token(), first.outcome(), true));
    assertThat(first.state())
        .isEqualTo(direct ? OrderState.ORDER_STATE_SUCCESS : OrderState.ORDER_STATE_PROCESSING);
    assertThat(world.promises.look(Lane.LANE_LIVE, request.orderNo()).claim()).isEmpty();
  }

  @Test
  void redisJustLost_aLateRetryOfWhatIsNotBookedYet_isNotTurnedAwayForGood() {
    accepted(api.accept(AcceptWorld.request(1)));
    world.modes.none();
    assertThat(refused(api.accept(AcceptWorld.refused(1, Reason.REASON_ROUND_CLOSED))))
        .isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
    assertThat(refused(api.accept(AcceptWorld.refused(1, Reason.REASON_NOT_ELIGIBLE))))
        .isEqualTo(Reason.REASON_NOT_ELIGIBLE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutRedis_theSameNumberByAnotherRequest_isRefused(boolean direct) {
    world.modes.set(false, direct ? TestModes.DIRECT : TestModes.INBOX);
    accepted(api.accept(AcceptWorld.request(1)));
    assertThat(refused(api.accept(AcceptWorld.withAmount(1, 70))))
        .isEqualTo(Reason.REASON_ORDER_CONFLICT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutRedis_overTheDailyCap_isRefused_andTakesNothing(boolean direct) {
    world.modes.set(false, direct ? TestModes.DIRECT : TestModes.INBOX);
    accepted(api.accept(AcceptWorld.request(1)));
    long left = api.leases.remaining("main").orElseThrow().left().value();
    world.allows((_, _, mode, _) -> mode.claims());
    assertThat(refused(api.accept(AcceptWorld.request(2)))).isEqualTo(Reason.REASON_OVER_DAILY_CAP);
    assertThat(api.leases.remaining("main").orElseThrow().left().value()).isEqualTo(left);
    // What was accepted is replayed, whatever the day allows now.
    assertThat(accepted(api.accept(AcceptWorld.request(1))).replayed()).isTrue();
  }

  @Test
  void whoWasSecondAtTheLedger_isToldTheFirstOnesAnswer() {
    world.modes.set(false, TestModes.INBOX);
    AcceptRequest request = AcceptWorld.request(1, AcceptWorld.MESSAGE);
    // Another instance booked the fallback after this call had looked.
    world.beforeSigning(() -> world.book(request, AcceptWorld.MESSAGE, 0));
    Accepted told = accepted(api.accept(request));
    assertThat(told.replayed()).isTrue();
    assertThat(told.outcome()).isEqualTo(AcceptWorld.MESSAGE);
  }

  @Test
  void acceptedWithoutAClaim_isFound_whenSilenceIsNoProof() {
    world.modes.set(false, TestModes.DIRECT);
    AcceptRequest request = AcceptWorld.request(1);
    Accepted first = accepted(api.accept(request));

    // Redis is there again and has lost nothing: it never knew of the order.
    world.modes.set(true, TestModes.INBOX);
    world.modes.silenceIsProof(false);
    Accepted again = accepted(api.accept(request));
    assertThat(again.replayed()).isTrue();
    assertThat(again.outcome()).isEqualTo(first.outcome());
  }

  @Test
  void whoReliedOnSilence_thatIsNoProofAnyMore_doesNotAnswer() {
    AcceptRequest request = AcceptWorld.request(1);
    world.log.beforeAck(() -> world.modes.silenceIsProof(false));
    assertThat(refused(api.accept(request))).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
  }

  @Test
  void withoutAnyMode_whatIsKnownIsReplayed_andNothingElseIsTaken() {
    AcceptRequest known = AcceptWorld.request(1);
    world.book(known, AcceptWorld.MAIN, 7);
    world.modes.none();
    assertThat(accepted(api.accept(known)).replayed()).isTrue();
    assertThat(refused(api.accept(AcceptWorld.request(2))))
        .isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
  }

  @Test
  void withoutRedis_aFullInbox_isRefusedBeforeAnythingIsTaken() {
    world.modes.set(false, TestModes.INBOX);
    world.queueIsFull(true);
    assertThat(refused(api.accept(AcceptWorld.request(1)))).isEqualTo(Reason.REASON_QUEUE_FULL);
    assertThat(world.ledger.standings(List.of("main")).values())
        .allMatch(standing -> standing.unclosed() == 0);
  }

  private static Accepted accepted(AcceptResult result) {
    assertThat(result).isInstanceOf(Accepted.class);
    return (Accepted) result;
  }

  private static Reason refused(AcceptResult result) {
    assertThat(result).isInstanceOf(AcceptResult.Refused.class);
    return ((AcceptResult.Refused) result).refusal().reason();
  }
}
