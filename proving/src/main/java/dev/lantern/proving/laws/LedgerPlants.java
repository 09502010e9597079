package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.Plant.InLedger;
import dev.lantern.proving.laws.Plant.Statement;
import dev.lantern.proving.laws.StoreFacts.OrderRow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Raw violations in the ledger, around one order of a run.
final class LedgerPlants {
  private LedgerPlants() {}

  static List<Plant> of(Facts facts) {
    OrderRow order =
        facts.stores().orders().stream()
            .filter(o -> o.booked() && o.amountFen() > 0 && !o.fallback())
            .max(Comparator.comparingInt(OrderRow::stage))
            .orElseThrow(() -> new IllegalStateException("the run has no booked red packet"));
    return List.of(
        plant(
            Law.ONCE,
            "an order posted twice",
            List.of("POSTED_TOO_OFTEN"),
            "insert into lantern_order.postings select act_id, concat(posting_id, '-again'),"
                + " activity_id, purse, debit_account, credit_account, amount_fen, order_no,"
                + " posted_at from lantern_order.postings where act_id = ? and order_no = ?",
            order.actId(),
            order.orderNo()),
        plant(
            Law.ONCE,
            "a second order for one person and round",
            List.of("TWO_REWARDS_ONE_ROUND"),
            secondOrder(),
            order.actId() + "_" + order.sceneId() + "_" + order.rainId() + "_1_9",
            order.actId(),
            order.orderNo()),
        plant(
            Law.ONCE,
            "an order of another amount than promised",
            List.of("TOLD_ANOTHER_AMOUNT"),
            "update lantern_order.orders set amount_fen = amount_fen + 1"
                + " where act_id = ? and order_no = ?",
            order.actId(),
            order.orderNo()),
        cap(facts),
        plant(
            Law.DRAIN,
            "a fen gone from a budget",
            List.of("BUDGET_DOES_NOT_ADD_UP"),
            "update lantern_order.budgets set free = free - 1 where budget_id = ? and free > 0",
            withFree(facts)),
        plant(
            Law.DRAIN,
            "a lease that counts too much",
            List.of("LEASE_COUNT_DIFFERS"),
            "update lantern_order.lease_booked set booked = booked + 1"
                + " where lease_id = ? and partition_no = ?",
            order.countedLeaseId(),
            order.partition()),
        plant(
            Law.KEEP,
            "an acknowledged order deleted",
            List.of("GONE"),
            "delete from lantern_order.orders where act_id = ? and order_no = ?",
            order.actId(),
            order.orderNo()),
        plant(
            Law.KEEP,
            "an order parked without a reason",
            List.of("PARKED_SILENTLY"),
            "update lantern_order.orders set state = 4, park_reason = null"
                + " where act_id = ? and order_no = ?",
            order.actId(),
            order.orderNo()),
        plant(
            Law.SUM,
            "a balance raised by a fen",
            List.of("BALANCE_DIFFERS"),
            "update lantern_order.balances set booked_fen = booked_fen + 1"
                + " where act_id = ? and activity_id = ?",
            order.actId(),
            order.childId()),
        plant(
            Law.SUM,
            "a platform account raised by a fen",
            List.of("PLATFORM_DIFFERS"),
            "update lantern_order.platform_accounts set amount_fen = amount_fen + 1"
                + " where account = ? limit 1",
            "cost:" + order.childId()),
        plant(
            Law.COUNT,
            "a booked order the counter counted, deleted",
            List.of("END_DIFFERS"),
            "delete from lantern_order.orders where act_id = ? and order_no = ?",
            order.actId(),
            order.orderNo()),
        plant(
            Law.APART,
            "an order moved to another stage",
            List.of("ROW_OF_ANOTHER_STAGE"),
            "update lantern_order.orders set stage = 2 where act_id = ? and order_no = ?",
            order.actId(),
            order.orderNo()),
        plant(
            Law.APART,
            "money credited to somebody else",
            List.of("MONEY_ASTRAY"),
            "update lantern_order.postings set credit_account = 'user:1:elsewhere:1'"
                + " where act_id = ? and order_no = ?",
            order.actId(),
            order.orderNo()),
        plant(
            Law.VIEW,
            "a balance that the last look did not show",
            List.of("WALLET_IS_NOT_THE_LEDGER"),
            "update lantern_order.balances set booked_fen = booked_fen + 1"
                + " where act_id = ? and activity_id = ?",
            lastLooker(facts),
            order.childId()));
  }

  /// The budget that clients were promised most of, its total cut to one fen less than that.
  private static Plant cap(Facts facts) {
    RunRecord run = facts.run().orElseThrow();
    Map<String, Long> promised = new HashMap<>();
    Promises promises = Promises.of(run, facts.log());
    promises
        .acks()
        .forEach((_, acks) -> {
          var first = acks.getFirst();
          if (!first.told().fallback()) {
            run.scene(first.entry())
                .ifPresent(
                    scene -> promised.merge(scene.budgetId(), first.told().amountFen(), Long::sum));
          }
        });
    var most = promised.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    return plant(
        Law.CAP,
        "a budget cut below what was promised",
        List.of("OVER_BUDGET"),
        "update lantern_order.budgets set total = ?, free = 0 where budget_id = ?",
        most.getValue() - 1,
        most.getKey());
  }

  private static String withFree(Facts facts) {
    return facts.stores().budgets().stream()
        .filter(b -> b.free() > 0)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no budget of the run has anything free"))
        .budgetId();
  }

  private static long lastLooker(Facts facts) {
    String child =
        facts.stores().orders().stream()
            .filter(o -> o.booked() && o.amountFen() > 0 && !o.fallback())
            .findFirst()
            .orElseThrow()
            .childId();
    return facts.log().stream()
        .filter(e -> e.intent() == Intent.FINAL_LOOK)
        .filter(e ->
            e.told() instanceof Told.WalletShown w
                && w.exact()
                && w.balanceFen() > 0
                && w.childId().equals(child))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the run has no last look at a wallet"))
        .actId();
  }

  private static String secondOrder() {
    String same =
        "parent_activity_id, activity_id, stage, scene_id, rain_id, award_type, given_type,"
            + " reward_id, title, fallback, amount_fen, requested_amount_fen, budget_id, lease_id,"
            + " counted_lease_id, partition_no, fingerprint, state, park_reason, tries, next_at,"
            + " app_id, token_key_id, open_time, accepted_at, booked_at, seq";
    return "insert into lantern_order.orders (act_id, order_no, "
        + same
        + ") select act_id, ?, "
        // Without a token, so that it breaks this law alone.
        + same.replace(" token_key_id,", " '',")
        + " from lantern_order.orders where act_id = ? and order_no = ?";
  }

  private static Plant plant(
      Law law, String name, List<String> kinds, String sql, Object... arguments) {
    return new InLedger(law, name, kinds, List.of(new Statement(sql, List.of(arguments))));
  }
}
