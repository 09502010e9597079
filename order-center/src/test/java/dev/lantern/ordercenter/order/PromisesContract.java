package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.TestTokenService;
import dev.lantern.ordercenter.order.Promises.Claiming;
import dev.lantern.ordercenter.order.Promises.Keeping;
import dev.lantern.ordercenter.order.Promises.Look;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every [Promises] does.
abstract class PromisesContract {
  static final Lane LANE = Lane.LANE_LIVE;
  private static final AtomicLong USERS = new AtomicLong(1_000);
  private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

  private final OrderNo orderNo = newNumber();

  abstract Promises promises();

  @Test
  void nothing_isRemembered_ofANewNumber() {
    Look look = promises().look(LANE, orderNo);
    assertThat(look.token()).isEmpty();
    assertThat(look.claim()).isEmpty();
  }

  @Test
  void first_claimStands_andTheSameWriteAgainIsItself() {
    Claim mine = claim("me#1", 7);
    assertThat(promises().claim(LANE, orderNo, mine, LATER).claim()).isEqualTo(mine);
    assertThat(promises().claim(LANE, orderNo, mine, LATER).claim()).isEqualTo(mine);
    assertThat(promises().claim(LANE, orderNo, claim("you#1", 8), LATER).claim()).isEqualTo(mine);
    assertThat(promises().look(LANE, orderNo).claim().orElseThrow().claim()).isEqualTo(mine);
  }

  @Test
  void replacing_aClaim_needsTheOneSeen() {
    Claim.Seen first = promises().claim(LANE, orderNo, claim("me#1", 7), LATER);
    Claim second = first.claim().with(8, "me#2");
    Claim.Seen stands = promises().replace(LANE, orderNo, first, second).orElseThrow();
    assertThat(stands.claim()).isEqualTo(second);
    // The same write again, after a lost reply, finds itself.
    assertThat(promises().replace(LANE, orderNo, first, second)).contains(stands);

    Claim third = first.claim().with(9, "you#1");
    assertThat(promises().replace(LANE, orderNo, first, third)).contains(stands);
    assertThat(promises().replace(LANE, newNumber(), first, third)).isEmpty();
  }

  @Test
  void first_tokenStands_untilABetterOneReplacesTheOneSeen() {
    StoredToken first = token("me#1", 5);
    StoredToken better = token("you#1", 88);
    assertThat(promises().keep(LANE, orderNo, first)).isEqualTo(first);
    assertThat(promises().keep(LANE, orderNo, first)).isEqualTo(first);
    assertThat(promises().keep(LANE, orderNo, better)).isEqualTo(first);

    assertThat(promises().improve(LANE, orderNo, better, first)).contains(first);
    assertThat(promises().improve(LANE, orderNo, first, better)).contains(better);
    assertThat(promises().improve(LANE, orderNo, first, better)).contains(better);
    assertThat(promises().look(LANE, orderNo).token()).contains(better);
    assertThat(promises().improve(LANE, newNumber(), first, better)).isEmpty();
  }

  @Test
  void claims_atOnce_leaveOneStanding_thatAllAreTold() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Claim.Seen>> writes = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Claim one = claim("writer#" + i, i + 1);
        writes.add(threads.submit(() -> promises().claim(LANE, orderNo, one, LATER)));
      }
      Set<Claim.Seen> told = new HashSet<>();
      for (Future<Claim.Seen> write : writes) {
        told.add(write.get());
      }
      assertThat(told).hasSize(1);
    }
  }

  @Test
  void manyTogether_areToldWhatStands_eachOfItsOwn() {
    List<OrderNo> numbers = Stream.generate(PromisesContract::newNumber).limit(150).toList();
    Claim before = claim("you#1", 8);
    var _ = promises().claim(LANE, numbers.get(70), before, LATER);
    List<Claiming> mine = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      mine.add(new Claiming(numbers.get(i), claim("me#" + i, 7), LATER));
    }
    for (int again = 0; again < 2; again++) {
      List<Claim.Seen> stand = promises().claimAll(LANE, mine);
      assertThat(stand).hasSize(numbers.size());
      for (int i = 0; i < numbers.size(); i++) {
        assertThat(stand.get(i).claim()).isEqualTo(i == 70 ? before : mine.get(i).claim());
      }
    }
    List<Look> looks = promises().lookAll(LANE, numbers);
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(looks.get(i)).isEqualTo(promises().look(LANE, numbers.get(i)));
      assertThat(looks.get(i).claim().orElseThrow().claim())
          .isEqualTo(i == 70 ? before : mine.get(i).claim());
      assertThat(looks.get(i).token()).isEmpty();
    }
  }

  @Test
  void manyTokensTogether_leaveTheFirstStanding() {
    List<OrderNo> numbers = Stream.generate(PromisesContract::newNumber).limit(150).toList();
    StoredToken before = token("you#1", 88);
    var _ = promises().keep(LANE, numbers.get(70), before);
    List<Keeping> mine = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      mine.add(new Keeping(numbers.get(i), token("me#" + i, 5)));
    }
    for (int again = 0; again < 2; again++) {
      List<StoredToken> stand = promises().keepAll(LANE, mine);
      for (int i = 0; i < numbers.size(); i++) {
        assertThat(stand.get(i)).isEqualTo(i == 70 ? before : mine.get(i).token());
        assertThat(promises().look(LANE, numbers.get(i)).token()).contains(stand.get(i));
      }
    }
  }

  static OrderNo newNumber() {
    return OrderNo.of(
        new ActId(USERS.incrementAndGet()),
        new RoundId("rain-1", 1),
        AwardType.AWARD_TYPE_CASH_RED_PACKET,
        Stage.STAGE_OFFICIAL);
  }

  private static Claim claim(String opId, long lease) {
    return new Claim(
        Fingerprint.of(new byte[Fingerprint.LENGTH]),
        AcceptWorld.MAIN,
        List.of(lease),
        opId,
        Fen.ZERO,
        Instant.parse("2027-01-01T12:00:00.123456Z"),
        Instant.parse("2027-01-01T12:00:01.654321Z"),
        7);
  }

  private static StoredToken token(String opId, long fen) {
    return StoredToken.newBuilder()
        .setToken(TestTokenService.sign(ByteString.copyFromUtf8(opId)))
        .setOrder(
            AcceptedOrder.newBuilder()
                .setOutcome(AcceptWorld.MAIN.toProto())
                .setRequestedAmountFen(fen))
        .setOpId(opId)
        .build();
  }
}
