package dev.lantern.ordercenter.present;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.campaign.DeclaredOffers;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.MemoryBooks;
import dev.lantern.ordercenter.settle.OneLease;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.sdk.token.KeySet;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PresentationTest {
  private static final long LEASE = 11;
  private static final long OWN = 77;
  private static final LogName LOG = new LogName(Lane.LANE_LIVE, 1, "topic", "t", 8);

  private final Signed signed = new Signed();
  private final MemoryBooks books = new MemoryBooks();
  private final OwnTokens kept = new OwnTokens();
  private final OneLease own = new OneLease(OWN, 1_000, LOG);
  private final Given given = Given.of(Given.user(0, 3, 8), 88, LEASE);
  private DeclaredOffers offers = new SpringOffer();
  private Duration elapsed = Duration.ZERO;
  private int timely;

  @BeforeEach
  void leases() {
    books.lease(LEASE);
    books.lease(OWN);
  }

  @Test
  void copyOfALostToken_isBookedOnItsOwnLease_onceHoweverOften() {
    SignedToken copy = signed.of(given);

    assertThat(enter(copy, copy))
        .hasExactlyElementsOfTypes(Presented.Booked.class, Presented.Known.class);
    assertThat(enter(copy)).hasExactlyElementsOfTypes(Presented.Known.class);

    assertThat(books.count(OrderState.ORDER_STATE_SUCCESS)).isEqualTo(1);
    assertThat(books.leases.get(LEASE)).isEqualTo(88);
    assertThat(own.rest()).isEqualTo(1_000);
  }

  @Test
  void copy_andItsRecordThatTurnsUpAfterAll_areTheSameOrder() {
    var _ = enter(signed.of(given));
    var forcing =
        new Forcing(books, own, () -> new Moment(0, Instant.EPOCH), Lane.LANE_LIVE, () -> 8);

    assertThat(forcing.force(given.promise(), false)).isEqualTo(Forcing.Outcome.KNOWN);

    assertThat(books.conflicts).isEmpty();
    assertThat(books.leases.get(LEASE)).isEqualTo(88);
  }

  @Test
  void copyOfWhatTheServerHolds_isLeftToSettlement() {
    kept.put(given);
    assertThat(enter(signed.of(given)).getFirst())
        .isInstanceOfSatisfying(
            Presented.Kept.class,
            answer -> assertThat(answer.promise().orderNo()).isEqualTo(given.orderNo()));
    assertThat(books.orders).isEmpty();
  }

  @Test
  void copyWorthMoreThanWhatTheServerHolds_isEntered() {
    kept.put(given.withFen(20));
    assertThat(enter(signed.of(given))).hasExactlyElementsOfTypes(Presented.Booked.class);
  }

  @Test
  void copy_withoutRedis_isBooked() {
    kept.put(given);
    kept.away = true;
    assertThat(enter(signed.of(given))).hasExactlyElementsOfTypes(Presented.Booked.class);
  }

  @Test
  void copyOnAFencedLease_isBookedOnAUnitOfOurOwn_orStays() {
    books.fencedLeases.add(LEASE);
    assertThat(enter(signed.of(given))).hasExactlyElementsOfTypes(Presented.Booked.class);
    assertThat(books.leases.get(OWN)).isEqualTo(88);

    Given dear = given.withRound(2).withFen(1_000);
    assertThat(enter(signed.of(dear)).getFirst())
        .isInstanceOfSatisfying(
            Presented.Outstanding.class, answer -> assertThat(answer.why()).isEqualTo("BUSY"));
    assertThat(books.orders).hasSize(1);
  }

  @Test
  void copyOfAnotherUserLaneKeyOrStage_isRefusedWithItsReason_andTheOthersBooked() {
    RedPacketToken payload = Signed.payload(given);
    SignedToken good = signed.of(given);
    Given others = Given.of(Given.user(1, 3, 8), 88, LEASE);
    List<Presented> answers =
        enter(
            signed.of(others),
            signed.of(payload, Lane.LANE_STRESS),
            good.toBuilder().setKeyId("live-0").build(),
            new Signed().of(given),
            good.toBuilder().clearProof().build(),
            signed.of(
                payload.toBuilder()
                    .setOutTradeNo(given.orderNo().text().replaceFirst("_3$", "_1"))
                    .build(),
                Lane.LANE_LIVE),
            signed.of(payload.toBuilder().setActivityId("autumn").build(), Lane.LANE_LIVE),
            good);

    assertThat(answers.subList(0, 7))
        .extracting(answer -> ((Presented.Refused) answer).problem())
        .containsExactly(
            "WRONG_USER",
            "WRONG_PURPOSE",
            "UNKNOWN_KEY",
            "BAD_SIGNATURE",
            "MALFORMED",
            "OTHER_STAGE",
            "UNDECLARED");
    assertThat(answers.getLast()).isInstanceOf(Presented.Booked.class);
    assertThat(books.orders).containsOnlyKeys(given.orderNo().text());
  }

  @Test
  void copyOfACampaignNotReadYet_staysOutstanding() {
    offers = (_, _) -> new DeclaredOffers.Found.NotRead();
    assertThat(enter(signed.of(given)))
        .containsExactly(new Presented.NotRead(given.orderNo().text(), "NOT_READ"));
  }

  @Test
  void copies_pastTheCallsPatience_stayForTheNext() {
    elapsed = Duration.ofSeconds(1);
    assertThat(enter(signed.of(given))).containsExactly(new Presented.NotRead("", "TIME"));
    timely = 1;
    assertThat(enter(signed.of(given)).getFirst())
        .isInstanceOfSatisfying(
            Presented.Outstanding.class, answer -> assertThat(answer.why()).isEqualTo("TIME"));
    assertThat(books.orders).isEmpty();
  }

  @Test
  void copyThatWasNeverLogged_isRefused_andTheOthersBooked() {
    SignedToken stolen = signed.of(given);
    Given other = given.withRound(2);

    List<Presented> answers = enter(confirming(stolen), stolen, signed.of(other));

    assertThat(answers.getFirst()).isEqualTo(new Presented.Refused("UNLOGGED"));
    assertThat(answers.getLast()).isInstanceOf(Presented.Booked.class);
    assertThat(books.orders).containsOnlyKeys(other.orderNo().text());
  }

  @Test
  void copies_whileNobodyConfirmsThem_stayOutstanding_andThoseInTheBooksAreTold() {
    var _ = enter(signed.of(given));
    TokenCheck alone = new NotConfirming(check());

    List<Presented> answers = enter(alone, signed.of(given), signed.of(given.withRound(2)));

    assertThat(answers.getFirst()).isInstanceOf(Presented.Known.class);
    assertThat(answers.getLast())
        .isInstanceOfSatisfying(
            Presented.Outstanding.class,
            answer -> assertThat(answer.why()).isEqualTo("UNCONFIRMED"));
    assertThat(books.orders).hasSize(1);
  }

  @Test
  void copyThatCannotBeJudgedNow_isNotRefused() {
    assertThat(enter(new Unsure(check()), signed.of(given)))
        .containsExactly(new Presented.NotRead("", "UNCONFIRMED"));
    assertThat(books.orders).isEmpty();
  }

  private record Unsure(TokenCheck atHand) implements TokenCheck {
    @Override
    public TokenVerdict verify(SignedToken token) {
      return atHand.verify(token);
    }

    @Override
    public Optional<TokenVerdict> judge(SignedToken token) {
      return Optional.empty();
    }
  }

  private record NotConfirming(TokenCheck atHand) implements TokenCheck {
    @Override
    public TokenVerdict verify(SignedToken token) {
      return atHand.verify(token);
    }

    @Override
    public Optional<List<TokenVerdict>> confirm(List<SignedToken> tokens) {
      return Optional.empty();
    }
  }

  private TokenCheck confirming(SignedToken unlogged) {
    TokenCheck atHand = check();
    return new TokenCheck() {
      @Override
      public TokenVerdict verify(SignedToken token) {
        return atHand.verify(token);
      }

      @Override
      public Optional<List<TokenVerdict>> confirm(List<SignedToken> tokens) {
        return Optional.of(
            tokens.stream()
                .map(token ->
                    token.equals(unlogged)
                        ? new TokenVerdict.Refused(TokenProblem.UNLOGGED)
                        : atHand.verify(token))
                .toList());
      }
    };
  }

  private TokenCheck check() {
    return new RewardKeys(
        () -> KeySet.of(signed.keys()), Lane.LANE_LIVE, () -> 0, () -> Instant.EPOCH);
  }

  private List<Presented> enter(SignedToken... tokens) {
    return enter(check(), tokens);
  }

  private List<Presented> enter(TokenCheck check, SignedToken... tokens) {
    long[] reads = {0};
    var presentation =
        new Presentation(
            check,
            new TokenOrders(offers, Lane.LANE_LIVE),
            kept,
            books,
            new Forcing(books, own, () -> new Moment(0, Instant.EPOCH), Lane.LANE_LIVE, () -> 8),
            () -> new Moment(reads[0]++ > timely ? elapsed.toNanos() : 0, Instant.EPOCH),
            Duration.ofMillis(600));
    return presentation.enter(given.actId(), List.of(tokens));
  }
}
