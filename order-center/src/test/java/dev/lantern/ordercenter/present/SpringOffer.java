package dev.lantern.ordercenter.present;

import dev.lantern.ordercenter.campaign.CampaignDocument;
import dev.lantern.ordercenter.campaign.CampaignIndex;
import dev.lantern.ordercenter.campaign.DeclaredOffers;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.Ledger;

/// The campaign that [Given] orders are of, in which every round is declared.
final class SpringOffer implements DeclaredOffers {
  private final CampaignIndex index =
      new CampaignIndex(
          CampaignDocument.stored(
                  """
                  activity: spring
                  title: Spring
                  budgets:
                    - {id: %1$s, total_fen: 1000000}
                  children:
                    - id: %2$s
                      title: Spring
                      stage: OFFICIAL
                      audience: {everyone: true}
                      opens: 2027-01-01T00:00:00Z
                      closes: 2027-01-08T00:00:00Z
                      rewards:
                        - {id: cash-main, template_id: t-1, award_type: CASH_RED_PACKET, budget: %1$s, title: "Spring red packet", amount: {fixed_fen: 88}}
                      scenes:
                        - id: rain-a7f3
                          award_type: CASH_RED_PACKET
                          reward: cash-main
                          bill_text: "Rain"
                          single_amount_cap_fen: 20000
                          settlement: TOKEN
                          rounds:
                            - {rain_id: 1, opens: 2027-01-01T12:00:00Z, closes: 2027-01-01T12:00:30Z}
                  """
                      .formatted(Given.BUDGET, Ledger.child()))
              .campaign()
              .orElseThrow(),
          1,
          new byte[16]);

  @Override
  public Found offer(String childActivityId, RoundId round) {
    return index
        .offer(new RoundId(round.sceneId(), 1), childActivityId)
        .<Found>map(offer -> new Found.Offered("spring", offer))
        .orElseGet(Found.Nothing::new);
  }
}
