package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.order.v1.AwardType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Outcome CASH = money(88, false);
  private static final Outcome SMALL = money(5, true);
  private static final Outcome BLESSING =
      new Outcome(AwardType.AWARD_TYPE_MESSAGE, "", Fen.ZERO, true, "Happy new year", "");
  private static final Outcome TICKET = ticket("tickets", Optional.of(SMALL));

  @Test
  void everyAwardType_isMoneyOrAThingOrAMessage() {
    List<AwardType> things = Arrays.stream(AwardType.values()).filter(Awards::isThing).toList();
    assertThat(things).hasSize(11).noneMatch(Awards::isMoney);
    assertThat(Arrays.stream(AwardType.values()).filter(Awards::isMoney)).hasSize(2);
  }

  @Test
  void units_areFenOfMoney_oneOfAThing_noneWithoutABudget() {
    assertThat(CASH.units()).isEqualTo(Fen.of(88));
    assertThat(TICKET.units()).isEqualTo(Fen.of(1));
    assertThat(ticket("", Optional.empty()).units()).isEqualTo(Fen.ZERO);
    assertThat(BLESSING.units()).isEqualTo(Fen.ZERO);
  }

  @Test
  void outcome_comesBackFromItsRecord_withItsFallback() {
    for (Outcome outcome : List.of(CASH, BLESSING, TICKET, ticket("", Optional.of(BLESSING)))) {
      assertThat(Outcome.of(outcome.toProto())).isEqualTo(outcome);
    }
  }

  @Test
  void worth_ofMoneyGoesByAmount_aThingAboveItsFallback() {
    assertThat(CASH.worthMoreThan(SMALL)).isTrue();
    assertThat(SMALL.worthMoreThan(CASH)).isFalse();
    assertThat(CASH.worthMoreThan(CASH)).isFalse();
    assertThat(TICKET.worthMoreThan(SMALL)).isTrue();
    assertThat(SMALL.worthMoreThan(TICKET)).isFalse();
    assertThat(TICKET.worthMoreThan(BLESSING)).isTrue();
    assertThat(BLESSING.worthMoreThan(TICKET)).isFalse();
    assertThat(TICKET.worthMoreThan(TICKET)).isFalse();
  }

  private static Outcome money(long fen, boolean fallback) {
    return new Outcome(
        AwardType.AWARD_TYPE_VIDEO_SUBSIDY_RED_PACKET, "m", Fen.of(fen), fallback, "M", "money");
  }

  private static Outcome ticket(String budget, Optional<Outcome> instead) {
    return new Outcome(
        AwardType.AWARD_TYPE_CINEMA_TICKET,
        "ticket",
        Fen.ZERO,
        false,
        "A ticket",
        budget,
        Optional.of(new Delivery("cinema-1", "t-9", instead)));
  }
}
