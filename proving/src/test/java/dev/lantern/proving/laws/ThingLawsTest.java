package dev.lantern.proving.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Protocol;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.StoreFacts.BalanceRow;
import dev.lantern.proving.laws.StoreFacts.BudgetRow;
import dev.lantern.proving.laws.StoreFacts.GrantRow;
import dev.lantern.proving.laws.StoreFacts.LeaseBookedRow;
import dev.lantern.proving.laws.StoreFacts.LeaseRow;
import dev.lantern.proving.laws.StoreFacts.OrderRow;
import dev.lantern.proving.laws.StoreFacts.PlatformRow;
import dev.lantern.proving.laws.StoreFacts.PostingRow;
import dev.lantern.proving.laws.StoreFacts.ReleaseRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The laws over things: one on its way, one that was refused and became cash, one that was refused
/// and waits for an operator.
final class ThingLawsTest {
  private static final int TICKET = 10;
  private static final String ON_ITS_WAY = "33_r-a_1_10_3";
  private static final String BECAME_CASH = "44_r-a_1_10_3";
  private static final String WAITS = "55_r-a_1_10_3";

  private final SoundRain rain = new SoundRain();
  private final List<GrantRow> grants = new ArrayList<>();
  private final List<ReleaseRow> releases = new ArrayList<>();

  ThingLawsTest() {
    rain.orders.add(order(33, ON_ITS_WAY, TICKET, 0, "tickets", 8, 5, ""));
    rain.orders.add(order(44, BECAME_CASH, 1, 20, "r-main", 9, 8, ""));
    rain.orders.add(order(55, WAITS, TICKET, 0, "tickets", 0, 4, "REFUSED: REJECTED"));
    grants.add(new GrantRow(ON_ITS_WAY, 1, "tickets", 8, 3, 1, 1));
    grants.add(new GrantRow(BECAME_CASH, 1, "tickets", 8, 3, 1, StoreFacts.GRANT_REFUSED));
    grants.add(new GrantRow(WAITS, 1, "tickets", 8, 3, 1, StoreFacts.GRANT_REFUSED));
    releases.add(new ReleaseRow(BECAME_CASH, "tickets", 1));
    releases.add(new ReleaseRow(WAITS, "tickets", 1));
    rain.budgets.set(0, new BudgetRow("r-main", 1_000, 910));
    rain.budgets.add(new BudgetRow("tickets", 10, 9));
    rain.leases.add(new LeaseRow(8, "tickets", "order-center/api-1", 5, StoreFacts.LEASE_CLOSED));
    rain.leases.add(new LeaseRow(9, "r-main", "order-center/settle-1", 90, 4));
    rain.leaseBooked.add(new LeaseBookedRow(8, 3, 3, true));
    rain.leaseBooked.add(new LeaseBookedRow(9, 3, 20, true));
    rain.postings.add(
        new PostingRow(
            44,
            "p-44",
            "r-official",
            1,
            "cost:r-official",
            "user:44:r-official:1",
            20,
            BECAME_CASH));
    rain.balances.add(new BalanceRow(44, "r-official", 1, 20, 0, 20));
    rain.platform.set(0, new PlatformRow("cost:r-official", 90, 3));
  }

  @Test
  void thingsInEveryState_balance() {
    assertThat(kinds()).isEmpty();
  }

  @Test
  void refusalWithoutRelease_isFound() {
    releases.removeFirst();
    assertThat(kinds()).containsExactly("BUDGET_DOES_NOT_ADD_UP");
  }

  @Test
  void refusalReleasedTwice_isFound() {
    releases.add(releases.getFirst());
    assertThat(kinds()).containsExactly("BUDGET_DOES_NOT_ADD_UP");
  }

  @Test
  void refusedGrantThatIsGone_leavesItsLeaseWithoutAReason() {
    grants.removeLast();
    assertThat(kinds()).contains("LEASE_COUNT_DIFFERS");
  }

  @Test
  void thingGivenAndCashAsWell_isFound() {
    rain.postings.add(
        new PostingRow(
            33,
            "p-33",
            "r-official",
            1,
            "cost:r-official",
            "user:33:r-official:1",
            20,
            ON_ITS_WAY));
    Facts facts = new Facts(Optional.of(rain.run()), rain.log, stores(), true, false);
    assertThat(new OnceCheck().check(facts).findings().stream().map(Finding::kind))
        .contains("POSTED_TOO_OFTEN");
  }

  @Test
  void acknowledgedThingOnItsWay_isKept() {
    OrderRow first = rain.orders.getFirst();
    rain.orders.set(0, order(first.actId(), first.orderNo(), TICKET, 0, "tickets", 8, 5, ""));
    Facts facts = new Facts(Optional.of(rain.run()), rain.log, stores(), true, false);
    assertThat(new KeepCheck().check(facts).findings()).isEmpty();
  }

  @Test
  void refusedThing_itsUserIsToldTheFallbackFromThenOn() {
    tell(BECAME_CASH, 44, "AWARD_TYPE_CINEMA_TICKET", 0, false);
    tell(BECAME_CASH, 44, "AWARD_TYPE_CASH_RED_PACKET", 20, true);
    assertThat(told()).doesNotContain("TOLD_TWO_OUTCOMES");
    tell(BECAME_CASH, 44, "AWARD_TYPE_MESSAGE", 0, true);
    assertThat(told()).contains("TOLD_TWO_OUTCOMES");
  }

  @Test
  void thingThatWasNotRefused_toldAsSomethingElse_isFound() {
    tell(ON_ITS_WAY, 33, "AWARD_TYPE_CINEMA_TICKET", 0, false);
    tell(ON_ITS_WAY, 33, "AWARD_TYPE_MESSAGE", 0, true);
    assertThat(told()).contains("TOLD_TWO_OUTCOMES");
  }

  private void tell(String order, long actId, String type, long fen, boolean fallback) {
    rain.grab(
        0,
        actId,
        Protocol.JSON,
        Intent.AGAIN,
        400,
        new Told.Accepted(order, type, "ticket", fen, fallback, true, "PROCESSING", true));
  }

  private List<String> told() {
    Facts facts = new Facts(Optional.of(rain.run()), rain.log, stores(), true, false);
    return new OnceCheck().check(facts).findings().stream().map(Finding::kind).toList();
  }

  private List<String> kinds() {
    Facts facts = new Facts(Optional.empty(), List.of(), stores(), true, true);
    return Laws.check(facts).findings().stream().map(Finding::kind).toList();
  }

  private StoreFacts stores() {
    return new StoreFacts(
        "r",
        true,
        rain.orders,
        rain.conflicts,
        rain.postings,
        rain.balances,
        rain.platform,
        rain.budgets,
        rain.leases,
        rain.leaseBooked,
        releases,
        grants);
  }

  private static OrderRow order(
      long actId,
      String number,
      int given,
      long fen,
      String budget,
      long lease,
      int state,
      String reason) {
    return new OrderRow(
        actId,
        number,
        "r-official",
        3,
        "r-a",
        1,
        given == 1 ? 1 : TICKET,
        given,
        given == 1,
        fen,
        budget,
        lease,
        3,
        state,
        reason);
  }
}
