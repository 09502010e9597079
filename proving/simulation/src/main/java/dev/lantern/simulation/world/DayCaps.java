package dev.lantern.simulation.world;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.fund.CampaignLimits;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.simulation.ledger.OrderEntry;
import dev.lantern.simulation.ledger.Tables;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Daily caps: what the seed's campaign allows a person and a day, with midnight in the middle of
/// the storm, and CAP as a law of them.
///
/// What is booked for a person on a day never comes to more than the cap. Excepted are what an
/// operator resumed and what a reissue pays: people have decided those.
final class DayCaps {
  private static final int NOON = 12 * 3_600;

  private final Program program;
  private final Set<String> decided = new HashSet<>();

  DayCaps(Program program) {
    this.program = program;
  }

  boolean areOn() {
    return program.dailyCapFen() > 0;
  }

  ZoneOffset zone() {
    return ZoneOffset.ofTotalSeconds(NOON - program.midnightSeconds());
  }

  /// What production reads of the campaign's document.
  FundLimits limits() {
    if (!areOn()) {
      return FundLimits.NONE;
    }
    return campaignLimits();
  }

  CampaignLimits campaignLimits() {
    CampaignLimits limits =
        new CampaignLimits(
            new CampaignRows(
                Campaign.PARENT,
                "children: [{scenes: ["
                    + scene("rain")
                    + ", "
                    + scene(Stages.DAILY.sceneId())
                    + "]}]"),
            zone());
    limits.poll();
    return limits;
  }

  private String scene(String id) {
    return "{id: " + id + ", daily_cap_fen: " + program.dailyCapFen() + "}";
  }

  /// Somebody has decided that this is paid, whatever the day comes to.
  void decided(String orderNo) {
    decided.add(orderNo);
  }

  /// @param settled whether nobody books but settlement, in the order of acceptance
  void check(Tables tables, Witness witness, boolean settled) {
    if (!areOn()) {
      return;
    }
    boolean alone = settled && !program.hasThings() && !program.reissues();
    Map<Day, Long> days = new HashMap<>();
    for (OrderEntry order : tables.orders()) {
      if (decided.contains(order.orderNo())) {
        continue;
      }
      if (order.state() == OrderState.ORDER_STATE_SUCCESS) {
        LocalDate date = order.acceptedAt().atOffset(zone()).toLocalDate();
        days.merge(new Day(order.actId(), date), order.amountFen(), Long::sum);
      }
      // Nothing was lost, and nobody else has spent of the day: accepting must have looked.
      if (alone && !witness.anythingLost() && order.isParkedFor(DailyCap.CODE)) {
        witness.broken("CAP", order.orderNo() + " was promised over its user's day");
      }
    }
    days.forEach((day, fen) -> {
      if (fen > program.dailyCapFen()) {
        witness.broken("CAP", day + " comes to " + fen + " of " + program.dailyCapFen());
      }
    });
  }

  private record Day(long actId, LocalDate date) {}
}
