package dev.lantern.ordercenter.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.campaign.CampaignDocument;
import dev.lantern.ordercenter.campaign.CampaignIndex;
import dev.lantern.ordercenter.campaign.CampaignRounds;
import dev.lantern.ordercenter.campaign.Campaigns;
import dev.lantern.ordercenter.campaign.DeclaredOffers;
import dev.lantern.ordercenter.campaign.DeclaredOffers.Found;
import dev.lantern.ordercenter.order.Rounds.Resolution;
import dev.lantern.ordercenter.present.Objection;
import dev.lantern.ordercenter.present.TokenOrders;
import dev.lantern.ordercenter.present.TokenOrders.Reading;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.RecordReader;
import dev.lantern.token.v1.RedPacketToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What accept puts into a token is enough to make the order again: the record that was lost and
/// the one made from the token are the same order.
final class TokenRoundTripTest {
  private static final Instant OPEN = Instant.parse("2027-01-01T12:00:01Z");
  private static final String KEY = "live-1";
  private static final long LEASE = 7;
  private static final String DOCUMENT =
      """
      activity: spring-demo
      title: Spring
      budgets:
        - {id: cash, total_fen: 100000000}
        - {id: small, total_fen: 1000000}
        - {id: tickets, total_items: 500}
      children:
        - id: spring-official
          title: Spring
          stage: OFFICIAL
          audience: {everyone: true}
          opens: 2027-01-01T00:00:00Z
          closes: 2027-01-08T00:00:00Z
          rewards:
            - {id: drawn, template_id: t-1, award_type: CASH_RED_PACKET, budget: cash, title: "Drawn", amount: {table: [{min_fen: 1, max_fen: 20, weight: 9}, {min_fen: 100, max_fen: 200, weight: 1}]}}
            - {id: fixed, template_id: t-2, award_type: CASH_RED_PACKET, budget: small, title: "Fixed", amount: {fixed_fen: 88}}
            - {id: ticket, template_id: t-9, award_type: CINEMA_TICKET, budget: tickets, title: "A ticket", downstream: cinema-1}
          scenes:
            - id: rain
              award_type: CASH_RED_PACKET
              reward: drawn
              bill_text: "Rain"
              single_amount_cap_fen: 20000
              compensation: {threshold_percent: 10, fallback: {reward: fixed}}
              settlement: TOKEN
              rounds:
                - {rain_id: 1, opens: 2027-01-01T12:00:00Z, closes: 2027-01-01T12:00:30Z}
            - id: blessed
              award_type: CASH_RED_PACKET
              reward: fixed
              bill_text: "Luck"
              single_amount_cap_fen: 200
              compensation: {threshold_percent: 10, fallback: {message: "Happy new year"}}
            - id: tickets
              award_type: CINEMA_TICKET
              reward: ticket
              bill_text: "Tickets"
              single_amount_cap_fen: 100
              compensation: {threshold_percent: 10, fallback: {reward: fixed}}
              settlement: TOKEN
              rounds:
                - {rain_id: 1, opens: 2027-01-01T12:00:00Z, closes: 2027-01-01T12:00:30Z}
      """;
  private static final CampaignIndex INDEX = index(DOCUMENT);
  private static final CampaignRounds ROUNDS =
      new CampaignRounds((_, _) -> new Campaigns.Known.InEffect(INDEX), (_, _, _, _) -> true);
  private static final TokenOrders ORDERS = orders(INDEX);

  /// scene, round, the caller's amount, whether the fallback was given, its lease
  @ParameterizedTest
  @CsvSource({
    "rain, 1, 0, false, 7",
    "rain, 1, 88, false, 7",
    "rain, 1, 20000, false, 7",
    "rain, 1, 0, true, 7",
    "rain, 1, 20000, true, 7",
    "blessed, 0, 0, false, 7",
    "blessed, 0, 0, true, 0",
    "blessed, 0, 150, true, 0",
    "tickets, 1, 0, false, 7",
    "tickets, 1, 0, true, 7",
  })
  void order_madeFromItsToken_isTheOneThatWasAccepted(
      String scene, int rain, long amount, boolean fallback, long lease)
      throws InvalidProtocolBufferException {
    for (long user = 1; user <= 50; user++) {
      Accepted accepted = accepted(user, scene, rain, amount, fallback, lease);

      Reading reading = ORDERS.read(accepted.token(), KEY);

      assertThat(reading).isInstanceOf(Reading.Order.class);
      Promise made = ((Reading.Order) reading).promise();
      Promise lost = accepted.promise();
      assertThat(made.orderNo()).isEqualTo(lost.orderNo());
      assertThat(made.fingerprint()).isEqualTo(lost.fingerprint());
      assertThat(made.outcome()).isEqualTo(lost.outcome());
      assertThat(made.leaseId()).isEqualTo(lost.leaseId());
      assertThat(made.parentActivityId()).isEqualTo(lost.parentActivityId());
      assertThat(made.childActivityId()).isEqualTo(lost.childActivityId());
      assertThat(made.requestedAmount()).isEqualTo(lost.requestedAmount());
      assertThat(made.openTime()).isEqualTo(lost.openTime());
      assertThat(made.conflictKey()).isEqualTo(lost.conflictKey());
      assertThat(made.tokenKeyId()).isEqualTo(KEY);
      assertThat(made.lane()).isEqualTo(Lane.LANE_LIVE);
    }
  }

  /// What a later revision has made of the fallbacks: the packet's a message, the message's
  /// nothing.
  @ParameterizedTest
  @CsvSource({
    "rain, 1, 0, 7",
    "rain, 1, 20000, 7",
    "blessed, 0, 150, 0",
    "tickets, 1, 0, 7",
  })
  void fallback_isTheOneThatWasSigned_whateverIsGivenInsteadNow(
      String scene, int rain, long amount, long lease) throws InvalidProtocolBufferException {
    TokenOrders later =
        orders(
            index(
                DOCUMENT
                    .replace("fallback: {reward: fixed}}", "fallback: {message: Sorry}}")
                    .replaceAll(" *compensation: .*Happy new year.*\n", "")
                    .replaceAll(" *single_amount_cap_fen: 100\n", "")));
    Accepted accepted = accepted(1, scene, rain, amount, true, lease);

    assertThat(later.read(accepted.token(), KEY))
        .isInstanceOfSatisfying(
            Reading.Order.class,
            made -> {
              assertThat(made.promise().conflictKey()).isEqualTo(accepted.promise().conflictKey());
              assertThat(made.promise().outcome().given())
                  .isEqualTo(accepted.promise().outcome().given());
              assertThat(made.promise().leaseId()).isEqualTo(lease);
            });
  }

  @Test
  void fallbackThatNoChildHas_orOfAnotherKind_isNotOwed() throws InvalidProtocolBufferException {
    RedPacketToken token = accepted(1, "rain", 1, 0, true, LEASE).token();
    assertThat(token.getRewardId()).isEqualTo("fixed");
    assertThat(refused(token.toBuilder().setRewardId("gold").build()))
        .isEqualTo(Objection.UNDECLARED);
    assertThat(refused(token.toBuilder().setRewardId("ticket").build()))
        .isEqualTo(Objection.UNDECLARED);
  }

  @Test
  void signedAmount_counts_notWhatWouldBeDrawnToday() throws InvalidProtocolBufferException {
    RedPacketToken token =
        accepted(1, "rain", 1, 0, false, LEASE).token().toBuilder().setAmount(123).build();
    assertThat(ORDERS.read(token, KEY))
        .isInstanceOfSatisfying(
            Reading.Order.class,
            order -> assertThat(order.promise().outcome().amount()).isEqualTo(Fen.of(123)));
  }

  @Test
  void tokenOfAnotherStageChildOrRound_isNotOwed() throws InvalidProtocolBufferException {
    RedPacketToken token = accepted(1, "rain", 1, 0, false, LEASE).token();
    assertThat(refused(token.toBuilder().setOutTradeNo("1_rain_1_1_2").build()))
        .isEqualTo(Objection.OTHER_STAGE);
    assertThat(refused(token.toBuilder().setOutTradeNo("1_rain_1_2_3").build()))
        .isEqualTo(Objection.UNDECLARED);
    assertThat(refused(token.toBuilder().setActivityId("spring-grey").build()))
        .isEqualTo(Objection.UNDECLARED);
    assertThat(refused(token.toBuilder().setOutTradeNo("1_rain_2_1_3").setRainId(2).build()))
        .isEqualTo(Objection.UNDECLARED);
  }

  @Test
  void tokenThatContradictsItself_isMalformed() throws InvalidProtocolBufferException {
    RedPacketToken token = accepted(1, "rain", 1, 0, false, LEASE).token();
    for (RedPacketToken bad :
        List.of(
            token.toBuilder().setOutTradeNo("2_rain_1_1_3").build(),
            token.toBuilder().setSceneId("tickets").build(),
            token.toBuilder().setRainId(2).build(),
            token.toBuilder().setOutTradeNo("").build(),
            token.toBuilder().setAmount(-1).build(),
            token.toBuilder().setRequestedAmount(-1).build(),
            token.toBuilder().clearOpenTime().build(),
            token.toBuilder().setAmount(Long.MAX_VALUE).build())) {
      assertThat(refused(bad)).isEqualTo(Objection.MALFORMED);
    }
    assertThat(refused(token.toBuilder().setAmount(0).build())).isEqualTo(Objection.UNDECLARED);
  }

  @Test
  void unreadCampaign_refusesNothing() throws InvalidProtocolBufferException {
    TokenOrders young = new TokenOrders((_, _) -> new Found.NotRead(), Lane.LANE_LIVE);
    assertThat(young.read(accepted(1, "rain", 1, 0, false, LEASE).token(), KEY))
        .isEqualTo(new Reading.NotRead());
  }

  private static CampaignIndex index(String document) {
    return new CampaignIndex(
        CampaignDocument.read(document).campaign().orElseThrow(),
        3,
        "a secret for tests".getBytes(UTF_8));
  }

  private static TokenOrders orders(CampaignIndex index) {
    DeclaredOffers declared =
        (child, round) ->
            index
                .offer(round, child)
                .<Found>map(offer -> new Found.Offered("spring-demo", offer))
                .orElseGet(Found.Nothing::new);
    return new TokenOrders(declared, Lane.LANE_LIVE);
  }

  private static Objection refused(RedPacketToken token) {
    return ((Reading.Refused) ORDERS.read(token, KEY)).why();
  }

  private record Accepted(RedPacketToken token, Promise promise) {}

  /// As accept writes both.
  private static Accepted accepted(
      long user, String scene, int rain, long amount, boolean fallback, long lease)
      throws InvalidProtocolBufferException {
    Ask ask =
        new Ask(
            Lane.LANE_LIVE,
            new ActId(user),
            1,
            "spring-demo",
            new RoundId(scene, rain),
            Optional.empty(),
            Fen.of(amount),
            Optional.of(OPEN));
    AcceptRequest request = ((Resolution.Resolved) ROUNDS.resolve(ask, OPEN)).request();
    Options options = request.options();
    Claim claim =
        new Claim(
            request.fingerprint(),
            fallback ? options.fallback().orElseThrow() : options.main(),
            List.of(lease),
            "op",
            request.requestedAmount(),
            request.openTime(),
            OPEN.plusMillis(3),
            1);
    AcceptedOrder record = Records.order(request, claim, lease, KEY);
    return new Accepted(
        RedPacketToken.parseFrom(
            Records.payload(
                request.orderNo(),
                1,
                request.childActivityId(),
                claim.outcome(),
                claim.requestedAmount(),
                claim.openTime(),
                lease)),
        RecordReader.promise(record, record.toByteString()));
  }
}
