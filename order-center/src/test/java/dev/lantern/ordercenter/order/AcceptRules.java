package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.HandClock;
import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.order.AcceptResult.Accepted;
import dev.lantern.ordercenter.order.OrderReader.Found;
import dev.lantern.ordercenter.order.Promises.Epoch;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rules A1 to A4, one by one, by whichever way a world goes.
abstract class AcceptRules {
  private final AcceptWorld world;
  private final AcceptWorld.Instance api;

  AcceptRules(AcceptWorld world) {
    this.world = world;
    this.api = world.instance("api-1");
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void firstCall_isAccepted_andRecordedOnce() {
    AcceptRequest request = AcceptWorld.request(1);
    Accepted accepted = accepted(api.accept(request));

    assertThat(accepted.replayed()).isFalse();
    assertThat(accepted.outcome()).isEqualTo(AcceptWorld.MAIN);
    assertThat(accepted.state()).isEqualTo(OrderState.ORDER_STATE_PROCESSING);
    AcceptedOrder record = onlyRecord();
    Claim claim = world.promises.claimOf(Lane.LANE_LIVE, request.orderNo()).orElseThrow();
    assertThat(claim.leases()).containsExactly(record.getLeaseId());
    assertThat(record.getOrderNo()).isEqualTo(request.orderNo().text());
    assertThat(record.getTokenKeyId()).isEqualTo(accepted.token().getKeyId());
  }

  @Test
  void sameCallAgain_givesTheFirstAnswer_withoutASecondRecord() {
    Accepted first = accepted(api.accept(AcceptWorld.request(1)));
    Accepted again = accepted(api.accept(AcceptWorld.request(1)));

    assertThat(again.replayed()).isTrue();
    assertThat(again.token()).isEqualTo(first.token());
    assertThat(again.outcome()).isEqualTo(first.outcome());
    assertThat(world.log.records()).hasSize(1);
  }

  @Test
  void overTheDailyCap_isRefused_andTakesNothing() {
    world.allows((_, _, _, _) -> false);
    assertThat(refused(api.accept(AcceptWorld.request(1))).reason())
        .isEqualTo(Reason.REASON_OVER_DAILY_CAP);
    assertThat(world.log.records()).isEmpty();

    world.allows(Allowance.UNLIMITED);
    long left = api.leases.remaining("main").orElseThrow().left().value();
    assertThat(accepted(api.accept(AcceptWorld.request(1))).replayed()).isFalse();
    assertThat(api.leases.remaining("main").orElseThrow().left().value())
        .isEqualTo(left - AcceptWorld.MAIN.amount().value());
  }

  @Test
  void acceptedOrder_isReplayed_whateverTheDayAllowsNow() {
    Accepted first = accepted(api.accept(AcceptWorld.request(1)));
    world.allows((_, _, _, _) -> false);
    assertThat(accepted(api.accept(AcceptWorld.request(1))).token()).isEqualTo(first.token());
  }

  @Test
  void dayThatCannotBeLookedAt_claimsNothing_andTheUnitIsPutBack() {
    world.allows((_, _, _, _) -> {
      throw new RedisUnavailableException("by the test", null);
    });
    assertThatThrownBy(() -> api.accept(AcceptWorld.request(1)))
        .isInstanceOf(RedisUnavailableException.class);
    world.allows(Allowance.UNLIMITED);
    assertThat(accepted(api.accept(AcceptWorld.request(1))).replayed()).isFalse();
  }

  @Test
  void sameNumberWithAnotherAmount_isAConflict_withNoEffect() {
    accepted(api.accept(AcceptWorld.withAmount(1, 50)));
    Refusal refusal = refused(api.accept(AcceptWorld.withAmount(1, 51)));

    assertThat(refusal.reason()).isEqualTo(Reason.REASON_ORDER_CONFLICT);
    assertThat(refusal.field()).contains("amount_fen");
    assertThat(world.log.records()).hasSize(1);
  }

  @Test
  void bookedOrder_isReplayedFromItsRow_withTheSameTokenBytes() {
    AcceptRequest request = AcceptWorld.request(1);
    Accepted first = accepted(api.accept(request));
    world.book(request, first.outcome(), onlyRecord().getLeaseId());
    world.promises.removeToken(Lane.LANE_LIVE, request.orderNo());

    Accepted again = accepted(api.accept(request));
    assertThat(again.replayed()).isTrue();
    assertThat(again.state()).isEqualTo(OrderState.ORDER_STATE_SUCCESS);
    assertThat(again.token()).isEqualTo(first.token());
    assertThat(world.log.records()).hasSize(1);
  }

  @Test
  void refusedRequest_ofAnAcceptedOrder_isReplayedAllTheSame() {
    Accepted first = accepted(api.accept(AcceptWorld.request(1)));
    for (Reason reason :
        List.of(
            Reason.REASON_ROUND_CLOSED,
            Reason.REASON_OPEN_TIME_SKEWED,
            Reason.REASON_NOT_ELIGIBLE,
            Reason.REASON_OVER_AMOUNT_CAP)) {
      Accepted again = accepted(api.accept(AcceptWorld.refused(1, reason)));
      assertThat(again.token()).isEqualTo(first.token());
    }
  }

  @Test
  void refusedRequest_ofABookedOrderWhoseClaimIsGone_isReplayed() {
    AcceptRequest request = AcceptWorld.refused(1, Reason.REASON_ROUND_CLOSED);
    world.book(request, AcceptWorld.MAIN, 5);
    assertThat(accepted(api.accept(request)).replayed()).isTrue();
  }

  @Test
  void refusedRequest_ofAnUnknownNumber_isRefused_andTakesNothing() {
    assertThat(refused(api.accept(AcceptWorld.refused(1, Reason.REASON_ROUND_CLOSED))).reason())
        .isEqualTo(Reason.REASON_ROUND_CLOSED);
    assertThat(world.log.records()).isEmpty();
    assertThat(world.ledger.inState(LeaseState.OPEN)).isEmpty();
  }

  @Test
  void fullQueue_isRefused_beforeAnythingIsTaken() {
    world.queueIsFull(true);
    AcceptRequest request = AcceptWorld.request(1);
    assertThat(refused(api.accept(request)).reason()).isEqualTo(Reason.REASON_QUEUE_FULL);
    assertThat(world.promises.claimOf(Lane.LANE_LIVE, request.orderNo())).isEmpty();
    assertThat(world.ledger.inState(LeaseState.OPEN)).isEmpty();
  }

  @Test
  void claimWithoutToken_isFollowed_withAUnitOfOnesOwnLease() {
    AcceptRequest request = AcceptWorld.request(1);
    world.log.fate(MemoryLog.Fate.LOST);
    assertThat(refused(api.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
    world.log.fate(MemoryLog.Fate.ACKNOWLEDGED);

    try (AcceptWorld.Instance other = world.instance("api-2")) {
      Accepted accepted = accepted(other.accept(request));
      Claim claim = world.promises.claimOf(Lane.LANE_LIVE, request.orderNo()).orElseThrow();
      assertThat(claim.leases()).hasSize(2).contains(onlyRecord().getLeaseId());
      assertThat(claim.leases().getLast()).isEqualTo(onlyRecord().getLeaseId());
      assertThat(accepted.outcome()).isEqualTo(AcceptWorld.MAIN);
    }
  }

  @Test
  void retryAfterAnUnknownAppend_sendsTheSameBytes_andShowsWhatIsBooked() {
    AcceptRequest request = AcceptWorld.request(1);
    world.log.fate(MemoryLog.Fate.KEPT_WITHOUT_WORD);
    assertThat(refused(api.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
    world.log.fate(MemoryLog.Fate.ACKNOWLEDGED);

    world.clock.advance(Duration.ofMillis(1_500));
    Accepted accepted = accepted(api.accept(AcceptWorld.later(request, Duration.ofSeconds(2), 8)));

    assertThat(world.log.records()).hasSize(2);
    AcceptedOrder first = world.log.records().getFirst();
    assertThat(world.log.records().getLast().toByteString()).isEqualTo(first.toByteString());
    assertThat(Times.toInstant(first.getAcceptTime())).isEqualTo(HandClock.START);
    var kept = world.promises.look(Lane.LANE_LIVE, request.orderNo()).token().orElseThrow();
    assertThat(kept.getOrder()).isEqualTo(first);
    // Whichever of the two is booked, its row gives the token that the retry was given.
    world.book(request, accepted.outcome(), first.getLeaseId());
    world.promises.removeToken(Lane.LANE_LIVE, request.orderNo());
    assertThat(accepted(api.accept(request)).token()).isEqualTo(accepted.token());
  }

  @Test
  void retryByAnotherInstance_differsInNothingButTheLease() {
    AcceptRequest request = AcceptWorld.request(1);
    world.log.fate(MemoryLog.Fate.KEPT_WITHOUT_WORD);
    assertThat(refused(api.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
    world.log.fate(MemoryLog.Fate.ACKNOWLEDGED);

    world.clock.advance(Duration.ofSeconds(1));
    try (AcceptWorld.Instance other = world.instance("api-2")) {
      accepted(other.accept(AcceptWorld.later(request, Duration.ofSeconds(1), 8)));
    }
    AcceptedOrder first = world.log.records().getFirst();
    AcceptedOrder second = world.log.records().getLast();
    assertThat(second.getLeaseId()).isNotEqualTo(first.getLeaseId());
    assertThat(second.toBuilder().setLeaseId(first.getLeaseId()).build()).isEqualTo(first);
  }

  @Test
  void claimedFallback_isFollowed_evenWhenTheMainRewardIsBack() {
    world.ledger.budget("main", 10_000);
    AcceptRequest request = AcceptWorld.request(1, AcceptWorld.SMALL);
    drain("main", 9_100);
    world.log.fate(MemoryLog.Fate.LOST);
    assertThat(refused(api.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
    world.log.fate(MemoryLog.Fate.ACKNOWLEDGED);
    world.ledger.budget("main", 1_000_000);

    try (AcceptWorld.Instance other = world.instance("api-2")) {
      assertThat(accepted(other.accept(request)).outcome()).isEqualTo(AcceptWorld.SMALL);
    }
  }

  @Test
  void underTheThreshold_theFallbackIsGiven() {
    world.ledger.budget("main", 10_000);
    drain("main", 9_100);
    assertThat(accepted(api.accept(AcceptWorld.request(1, AcceptWorld.SMALL))).outcome())
        .isEqualTo(AcceptWorld.SMALL);
    Accepted blessing = accepted(api.accept(AcceptWorld.request(2, AcceptWorld.MESSAGE)));
    assertThat(blessing.outcome()).isEqualTo(AcceptWorld.MESSAGE);
    assertThat(world.log.records().getLast().getLeaseId()).isEqualTo(LeaseId.NONE);
  }

  @Test
  void emptyBudget_isSoldOut_onceNoLeaseIsLeft() {
    world.ledger.budget("main", 40);
    assertThat(refused(api.accept(AcceptWorld.request(1))).reason())
        .isEqualTo(Reason.REASON_SOLD_OUT);
  }

  @Test
  void emptyBudget_isBusy_whileALeaseMayGiveSomethingBack() {
    world.ledger.budget("main", 100);
    accepted(api.accept(AcceptWorld.request(1)));
    try (AcceptWorld.Instance other = world.instance("api-2")) {
      assertThat(refused(other.accept(AcceptWorld.request(2))).reason())
          .isEqualTo(Reason.REASON_BUDGET_BUSY);
    }
  }

  @Test
  void claim_isReplaced_onlyWhenAllItsLeasesAreClosed_andTheNumberIsNowhere() {
    world.ledger.budget("main", 95);
    AcceptRequest request = AcceptWorld.request(1, AcceptWorld.MESSAGE);
    world.log.fate(MemoryLog.Fate.LOST);
    assertThat(refused(api.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
    world.log.fate(MemoryLog.Fate.ACKNOWLEDGED);
    LeaseId lost = world.ledger.inState(LeaseState.OPEN).iterator().next();

    try (AcceptWorld.Instance other = world.instance("api-2")) {
      // The claim's lease is open: its record may still count, and no unit is left to follow it.
      assertThat(refused(other.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);

      world.ledger.markClosing(lost);
      assertThat(refused(other.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);

      // Closed, and its whole slice was booked by others: decided anew.
      world.ledger.close(lost, world.ledger.slice(lost));
      assertThat(accepted(other.accept(request)).outcome()).isEqualTo(AcceptWorld.MESSAGE);
    }
  }

  @Test
  void claim_ofAsManyLeasesAsItMayName_isDecidedAnew_onceTheyAreClosed() {
    AcceptRequest request = AcceptWorld.request(1);
    accepted(api.accept(AcceptWorld.request(2)));
    LeaseId open = world.ledger.inState(LeaseState.OPEN).iterator().next();
    Claim crowded =
        new Claim(
            request.fingerprint(),
            AcceptWorld.MAIN,
            LongStream.concat(LongStream.of(open.value()), LongStream.range(1, 64))
                .boxed()
                .toList(),
            "others",
            Fen.ZERO,
            request.openTime(),
            HandClock.START,
            7);
    world.promises.claim(Lane.LANE_LIVE, request.orderNo(), crowded, request.claimExpiry());
    try (AcceptWorld.Instance other = world.instance("api-2")) {
      assertThat(refused(other.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
      world.ledger.markClosing(open);
      world.ledger.close(open, 88);
      assertThat(accepted(other.accept(request)).outcome()).isEqualTo(AcceptWorld.MAIN);
    }
    assertThat(world.promises.claimOf(Lane.LANE_LIVE, request.orderNo()).orElseThrow().leases())
        .hasSize(1);
  }

  @Test
  void claim_whoseOrderWasBooked_isAnsweredFromTheRow() {
    AcceptRequest request = AcceptWorld.request(1);
    world.log.fate(MemoryLog.Fate.KEPT_WITHOUT_WORD);
    assertThat(refused(api.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
    world.book(request, AcceptWorld.MAIN, onlyRecord().getLeaseId());
    world.log.fate(MemoryLog.Fate.ACKNOWLEDGED);

    assertThat(accepted(api.accept(request)).replayed()).isTrue();
    assertThat(world.log.records()).hasSize(1);
  }

  @Test
  void deadline_passingBetweenAppendAndAnswer_isUnknown_andWritesNoToken() {
    AcceptRequest request = AcceptWorld.request(1);
    // The instance freezes after the record has landed and is thawed when its lease is over; its
    // monotonic clock stood still meanwhile.
    world.log.beforeAck(() -> world.clock.shiftWall(Duration.ofSeconds(9)));
    assertThat(refused(api.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
    assertThat(world.promises.look(Lane.LANE_LIVE, request.orderNo()).token()).isEmpty();
    assertThat(world.log.records()).hasSize(1);
  }

  @Test
  void deadline_passingBeforeTheAppend_sendsNothing_andKeepsTheUnit() {
    world.ledger.budget("main", 88);
    AcceptRequest request = AcceptWorld.request(1);
    world.beforeSigning(() -> world.clock.shiftWall(Duration.ofSeconds(9)));
    assertThat(refused(api.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
    assertThat(world.log.records()).isEmpty();

    // The lease lives on by its next heartbeat, and its one unit is still there to follow the
    // claim.
    world.beforeSigning(() -> {});
    api.leases.beat();
    assertThat(accepted(api.accept(request)).outcome()).isEqualTo(AcceptWorld.MAIN);
  }

  @Test
  void unknownAppend_keepsTheUnitTaken() {
    world.ledger.budget("main", 88);
    world.log.fate(MemoryLog.Fate.LOST);
    assertThat(refused(api.accept(AcceptWorld.request(1))).reason())
        .isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
    world.log.fate(MemoryLog.Fate.ACKNOWLEDGED);
    assertThat(refused(api.accept(AcceptWorld.request(2))).reason())
        .isEqualTo(Reason.REASON_BUDGET_BUSY);
  }

  @Test
  void signerDown_putsTheUnitBack() {
    world.ledger.budget("main", 88);
    world.canSign(false);
    assertThatThrownBy(() -> api.accept(AcceptWorld.request(1))).isInstanceOf(Refused.class);
    world.canSign(true);
    assertThat(accepted(api.accept(AcceptWorld.request(2))).outcome()).isEqualTo(AcceptWorld.MAIN);
  }

  @Test
  void lookFailing_passesThrough_andTakesNothing() {
    world.promises.failNext(1, false);
    assertThatThrownBy(() -> api.accept(AcceptWorld.request(1)))
        .isInstanceOf(RedisUnavailableException.class);
    assertThat(world.ledger.inState(LeaseState.OPEN)).isEmpty();
  }

  @Test
  void tokenWriteInDoubt_isUnknown_andTheRetryFindsIt() {
    AcceptRequest request = AcceptWorld.request(1);
    world.log.beforeAck(() -> world.promises.failNext(1, true));
    assertThat(refused(api.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
    world.log.beforeAck(() -> {});

    assertThat(accepted(api.accept(request)).replayed()).isTrue();
    assertThat(world.log.records()).hasSize(1);
  }

  @Test
  void anyFailure_fromTheAppendOn_isUnknown_andTheRetryGoesThrough() {
    AcceptRequest request = AcceptWorld.request(1);
    world.log.beforeAck(() -> {
      throw new IllegalStateException("by the test");
    });
    assertThat(refused(api.accept(request)).reason()).isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
    world.log.beforeAck(() -> {});

    assertThat(accepted(api.accept(request)).outcome()).isEqualTo(AcceptWorld.MAIN);
    assertThat(world.log.records().getLast()).isEqualTo(world.log.records().getFirst());
  }

  @Test
  void anotherLog_thanTheLeases_isNeverAppendedTo() {
    accepted(api.accept(AcceptWorld.request(1)));
    world.currentLog(Optional.of(new LogName(Lane.LANE_LIVE, 2, "topic-2", "id-2", 8)));
    accepted(api.accept(AcceptWorld.request(2)));
    assertThat(world.log.records().getLast().getLeaseId())
        .isNotEqualTo(world.log.records().getFirst().getLeaseId());

    world.currentLog(Optional.empty());
    assertThat(refused(api.accept(AcceptWorld.request(3))).reason())
        .isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
    assertThat(world.log.records()).hasSize(2);
  }

  @Test
  void youngEpoch_readsTheLedger_evenOnATokenHit() {
    AcceptRequest request = AcceptWorld.request(1);
    accepted(api.accept(request));
    // Redis lost everything once before; another fingerprint was booked under this number then.
    world.promises.begin(new Epoch("second", AcceptWorld.OPENS));
    AcceptRequest other = AcceptWorld.withAmount(1, 70);
    world.orders.put(
        request.orderNo(),
        new Found.Row(AcceptWorld.row(other, AcceptWorld.MAIN, 5, OrderState.ORDER_STATE_SUCCESS)));

    assertThat(refused(api.accept(request)).reason()).isEqualTo(Reason.REASON_ORDER_CONFLICT);
  }

  @Test
  void epochSetByASlowClock_isStillYoung_andABookedOrderIsNotPromisedAgain() {
    AcceptRequest request = AcceptWorld.request(1);
    world.book(request, AcceptWorld.SMALL, 5);
    // Redis lost everything after the round had opened; who set the epoch is two seconds slow.
    world.promises.begin(new Epoch("second", AcceptWorld.OPENS.minusSeconds(2)));

    Accepted again = accepted(api.accept(request));
    assertThat(again.replayed()).isTrue();
    assertThat(again.outcome()).isEqualTo(AcceptWorld.SMALL);
    assertThat(world.log.records()).isEmpty();
  }

  @Test
  void oldEpoch_trustsTheToken_withoutTheLedger() {
    AcceptRequest request = AcceptWorld.request(1);
    Accepted first = accepted(api.accept(request));
    world.orders.put(
        request.orderNo(),
        new Found.Row(
            AcceptWorld.row(request, AcceptWorld.SMALL, 5, OrderState.ORDER_STATE_SUCCESS)));
    assertThat(accepted(api.accept(request)).outcome()).isEqualTo(first.outcome());
  }

  @Test
  void lostClaims_mayChangeTheOutcome_butTheBetterTokenStays() {
    world.ledger.budget("main", 10_000);
    AcceptRequest request = AcceptWorld.request(1, AcceptWorld.SMALL);
    Accepted main = accepted(api.accept(request));
    assertThat(main.outcome()).isEqualTo(AcceptWorld.MAIN);
    drain("main", 9_100);

    // The claim alone is lost in mid-call: the second decision is the lesser one, and while it is
    // under way the first answer's token comes back.
    var kept = world.promises.look(Lane.LANE_LIVE, request.orderNo()).token().orElseThrow();
    world.promises.lose();
    world.log.beforeAck(() -> world.promises.keep(Lane.LANE_LIVE, request.orderNo(), kept));
    try (AcceptWorld.Instance other = world.instance("api-2")) {
      Accepted second = accepted(other.accept(request));
      assertThat(second.outcome()).isEqualTo(AcceptWorld.MAIN);
      assertThat(second.token()).isEqualTo(main.token());
      assertThat(second.replayed()).isTrue();
    }
    assertThat(world.log.records())
        .extracting(record -> record.getOutcome().getAward().getAmountFen())
        .containsExactly(88L, 5L);
  }

  @Test
  void lostClaims_aBetterOutcome_replacesTheLesserToken() {
    AcceptRequest request = AcceptWorld.request(1, AcceptWorld.SMALL);
    world.ledger.budget("main", 10_000);
    drain("main", 9_100);
    Accepted small = accepted(api.accept(request));
    assertThat(small.outcome()).isEqualTo(AcceptWorld.SMALL);
    var kept = world.promises.look(Lane.LANE_LIVE, request.orderNo()).token().orElseThrow();
    world.promises.lose();
    world.ledger.budget("main", 1_000_000);

    world.log.beforeAck(() -> world.promises.keep(Lane.LANE_LIVE, request.orderNo(), kept));
    try (AcceptWorld.Instance other = world.instance("api-2")) {
      Accepted better = accepted(other.accept(request));
      assertThat(better.outcome()).isEqualTo(AcceptWorld.MAIN);
      assertThat(better.replayed()).isFalse();
      assertThat(
              world
                  .promises
                  .look(Lane.LANE_LIVE, request.orderNo())
                  .token()
                  .orElseThrow()
                  .getToken())
          .isEqualTo(better.token());
    }
  }

  // Another instance leases so much and its process dies.
  private void drain(String budgetId, long fen) {
    AcceptWorld.Instance dead = world.instance("dead");
    long taken = 0;
    while (taken < fen) {
      dead.leases.take(budgetId, new Fen(100));
      taken += 100;
    }
    dead.close();
  }

  private AcceptedOrder onlyRecord() {
    assertThat(world.log.records()).hasSize(1);
    return world.log.records().getFirst();
  }

  private static Accepted accepted(AcceptResult result) {
    assertThat(result).isInstanceOf(Accepted.class);
    return (Accepted) result;
  }

  private static Refusal refused(AcceptResult result) {
    assertThat(result).isInstanceOf(AcceptResult.Refused.class);
    return ((AcceptResult.Refused) result).refusal();
  }
}
