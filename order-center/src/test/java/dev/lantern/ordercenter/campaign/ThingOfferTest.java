package dev.lantern.ordercenter.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Ask;
import dev.lantern.ordercenter.order.Delivery;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.order.Refusal;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.ordercenter.order.Rounds.Resolution;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a scene of things promises.
final class ThingOfferTest {
  private static final Instant OPEN = Instant.parse("2027-01-01T12:00:00Z");
  private static final String TREE =
      """
      activity: tickets-demo
      title: Tickets
      budgets:
        - {id: tickets, total_items: 500}
        - {id: luck, total_fen: 100000}
      children:
        - id: tickets-official
          title: Tickets
          stage: OFFICIAL
          audience: {everyone: true}
          opens: 2027-01-01T00:00:00Z
          closes: 2027-01-08T00:00:00Z
          rewards:
            - {id: ticket, template_id: t-9, award_type: CINEMA_TICKET, budget: tickets, title: "A ticket", downstream: cinema-1}
            - {id: luck, template_id: t-1, award_type: CASH_RED_PACKET, budget: luck, title: "Luck", amount: {fixed_fen: 20}}
          scenes:
            - id: tickets
              award_type: CINEMA_TICKET
              reward: ticket
              bill_text: "Tickets"
              single_amount_cap_fen: 100
              compensation: {threshold_percent: 0, fallback: {reward: luck}}
              settlement: TOKEN
              rounds:
                - {rain_id: 1, opens: 2027-01-01T12:00:00Z, closes: 2027-01-01T12:00:30Z}
      """;

  @Test
  void thing_namesWhoGivesIt_andWhatIsGivenInstead_takingOneUnit() {
    AcceptRequest request = resolved(0);

    Outcome main = request.options().main();
    assertThat(request.refusal()).isEmpty();
    assertThat(main.amount()).isEqualTo(Fen.ZERO);
    assertThat(main.units()).isEqualTo(Fen.of(1));
    assertThat(main.budgetId()).isEqualTo("tickets");
    assertThat(main.delivery())
        .contains(new Delivery("cinema-1", "t-9", request.options().fallback()));
    assertThat(request.options().fallback().map(Outcome::amount)).contains(Fen.of(20));
    assertThat(request.orderNo().text()).isEqualTo("9_tickets_1_10_3");
  }

  @Test
  void thing_hasNoAmount() {
    assertThat(resolved(5).refusal().map(Refusal::reason)).contains(Reason.REASON_INVALID_FIELD);
  }

  private static AcceptRequest resolved(long fen) {
    var read = CampaignDocument.read(TREE);
    assertThat(read.problems()).isEmpty();
    CampaignIndex index =
        new CampaignIndex(read.campaign().orElseThrow(), 1, "a secret for tests".getBytes(UTF_8));
    Resolution resolution =
        new CampaignRounds((_, _) -> new Campaigns.Known.InEffect(index), (_, _, _, _) -> true)
            .resolve(
                new Ask(
                    Lane.LANE_LIVE,
                    new ActId(9),
                    1,
                    "tickets-demo",
                    new RoundId("tickets", 1),
                    Optional.of(AwardType.AWARD_TYPE_CINEMA_TICKET),
                    Fen.of(fen),
                    Optional.of(OPEN)),
                OPEN);
    assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
    return ((Resolution.Resolved) resolution).request();
  }
}
