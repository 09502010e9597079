package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.clientlog.RunRecord.Child;
import dev.lantern.proving.clientlog.RunRecord.Scene;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.StoreFacts.OrderRow;
import dev.lantern.proving.laws.StoreFacts.PostingRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// APART: users, stages and lanes never see, spend or touch each other's data: what each user was
/// shown is the user's own, and each row is of the child, stage and budget that its round declares.
final class ApartCheck implements LawCheck {
  private static final String LANE = "live";

  @Override
  public Law law() {
    return Law.APART;
  }

  @Override
  public Examined check(Facts facts) {
    if (facts.run().isEmpty()) {
      return new Examined(0, List.of());
    }
    var findings = new ArrayList<Finding>();
    RunRecord run = facts.run().get();
    facts.log().forEach(entry -> shown(run, entry, findings));
    people(facts.log(), findings);
    facts.stores().orders().forEach(row -> row(run, row, findings));
    money(facts.stores(), findings);
    return new Examined(facts.log().size() + facts.stores().orders().size(), findings);
  }

  private static void shown(RunRecord run, ClientEntry entry, List<Finding> findings) {
    switch (entry.told()) {
      case Told.Accepted accepted -> {
        if (entry.intent().mustBeRefused() || !mayPlay(run, entry)) {
          findings.add(finding("PLAYED_ELSEWHERE", entry, "accepted: " + accepted.orderNo()));
        }
        own(entry, accepted.orderNo(), findings);
      }
      case Told.OrderShown order -> {
        own(entry, order.orderNo(), findings);
        if (entry.intent() == Intent.FOREIGN_ORDER) {
          findings.add(finding("FOREIGN_ORDER_SHOWN", entry, "shown: " + order.orderNo()));
        }
        String declared =
            run.scene(order.sceneId(), order.orderNo())
                .flatMap(scene -> run.child(scene.childId()))
                .map(child -> child.childId() + " STAGE_" + child.stage())
                .orElse("nothing");
        if (!declared.equals(order.childId() + " " + order.stage())) {
          findings.add(finding("ORDER_OF_ANOTHER_STAGE", entry, "declared is " + declared));
        }
      }
      case Told.FlowsShown flows ->
          flows.lines().forEach(line -> flow(run, entry, line.orderNo(), findings));
      case Told.WalletShown wallet -> {
        boolean asked = entry.subject().isEmpty() || entry.subject().equals(wallet.childId());
        if (run.child(wallet.childId()).isEmpty() || !asked) {
          findings.add(finding("WALLET_OF_ANOTHER_CHILD", entry, wallet.childId()));
        }
      }
      case Told.SessionOpened session -> {
        if (!session.lane().equals(LANE)) {
          findings.add(finding("SESSION_OF_ANOTHER_LANE", entry, session.lane()));
        }
      }
      case Told.Refused _, Told.Lost _, Told.CounterShown _ -> {}
    }
  }

  private static void flow(
      RunRecord run, ClientEntry entry, String orderNo, List<Finding> findings) {
    own(entry, orderNo, findings);
    String childId = sceneOf(run, orderNo).map(Scene::childId).orElse("");
    if (!childId.equals(entry.subject())) {
      findings.add(finding("FLOW_OF_ANOTHER_CHILD", entry, orderNo));
    }
  }

  private static Optional<Scene> sceneOf(RunRecord run, String orderNo) {
    String[] parts = orderNo.split("_", -1);
    return parts.length < 2 ? Optional.empty() : run.scene(parts[1], orderNo);
  }

  private static void own(ClientEntry entry, String orderNo, List<Finding> findings) {
    if (!orderNo.startsWith(entry.actId() + "_")) {
      findings.add(finding("SHOWN_ANOTHERS", entry, "order " + orderNo));
    }
  }

  private static boolean mayPlay(RunRecord run, ClientEntry entry) {
    return run.scene(entry)
        .flatMap(scene -> run.child(scene.childId()))
        .map(child -> invited(child, entry.actId()))
        .orElse(false);
  }

  private static boolean invited(Child child, long actId) {
    return child.allowList().isEmpty() || child.allowList().contains(actId);
  }

  /// One app user is one act_id, and one act_id one app user.
  private static void people(List<ClientEntry> log, List<Finding> findings) {
    var acts = new HashMap<Integer, Long>();
    var users = new HashMap<Long, Integer>();
    for (ClientEntry entry : log) {
      if (entry.told() instanceof Told.SessionOpened) {
        Long act = acts.putIfAbsent(entry.user(), entry.actId());
        Integer user = users.putIfAbsent(entry.actId(), entry.user());
        if ((act != null && act != entry.actId()) || (user != null && user != entry.user())) {
          findings.add(finding("MIXED_UP_PEOPLE", entry, "user " + entry.user()));
        }
      }
    }
  }

  private static void row(RunRecord run, OrderRow row, List<Finding> findings) {
    Scene scene = run.scene(row.sceneId(), row.orderNo()).orElse(null);
    Child child = scene == null ? null : run.child(scene.childId()).orElse(null);
    if (scene == null || child == null) {
      findings.add(finding("ROW_OF_NO_SCENE", row, "scene " + row.sceneId()));
      return;
    }
    if (!child.childId().equals(row.childId())
        || Promises.stageNumber(child.stage()) != row.stage()) {
      findings.add(
          finding(
              "ROW_OF_ANOTHER_STAGE",
              row,
              "kept as %s stage %d, declared %s %s"
                  .formatted(row.childId(), row.stage(), child.childId(), child.stage())));
    }
    String budget = row.fallback() ? scene.fallbackBudgetId() : scene.budgetId();
    if (!row.budgetId().equals(budget)) {
      findings.add(finding("ROW_OF_ANOTHER_BUDGET", row, "spent " + row.budgetId()));
    }
    if (!invited(child, row.actId())) {
      findings.add(finding("ROW_OF_A_STRANGER", row, "not in the audience of " + child.childId()));
    }
  }

  private static void money(StoreFacts stores, List<Finding> findings) {
    Map<String, OrderRow> orders =
        stores.orders().stream().collect(Collectors.toMap(OrderRow::orderNo, Function.identity()));
    for (PostingRow posting : stores.postings()) {
      OrderRow order = orders.get(posting.orderNo());
      String credit =
          "user:%d:%s:%d".formatted(posting.actId(), posting.childId(), posting.purse());
      if (order == null) {
        continue;
      }
      boolean astray =
          order.actId() != posting.actId()
              || !order.childId().equals(posting.childId())
              || !posting.debitAccount().equals("cost:" + order.childId())
              || !posting.creditAccount().equals(credit);
      if (astray) {
        findings.add(
            finding(
                "MONEY_ASTRAY",
                order,
                "posted from %s to %s".formatted(posting.debitAccount(), posting.creditAccount())));
      }
    }
  }

  private static Finding finding(String kind, ClientEntry entry, String detail) {
    return Finding.of(
        Law.APART,
        kind,
        "user %d, %s %s: %s".formatted(entry.actId(), entry.intent(), entry.call(), detail),
        "Close the round; trace the call.");
  }

  private static Finding finding(String kind, OrderRow row, String detail) {
    return Finding.of(
        Law.APART,
        kind,
        row.amountFen(),
        row.orderNo(),
        detail,
        "Correct the row; trace the call.");
  }
}
