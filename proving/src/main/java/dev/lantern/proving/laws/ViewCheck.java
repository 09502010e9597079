package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.Call;
import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.StoreFacts.BalanceRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// VIEW: acknowledged before the call began <= shown <= sent before it ended, for each wallet
/// answer; no dip between two answers; each order once in the flows; and after the drain the wallet
/// is the ledger's balance. Until money can leave a wallet, nothing else moves it.
final class ViewCheck implements LawCheck {
  /// One order as its owner could know it.
  private record Known(String childId, long sentNs, long ackedNs, long leastFen, long mostFen) {}

  @Override
  public Law law() {
    return Law.VIEW;
  }

  @Override
  public Examined check(Facts facts) {
    if (facts.run().isEmpty()) {
      return new Examined(0, List.of());
    }
    var findings = new ArrayList<Finding>();
    Map<Long, List<Known>> known = known(facts, facts.run().get());
    Map<Long, List<ClientEntry>> byUser =
        facts.log().stream().collect(Collectors.groupingBy(ClientEntry::actId));
    long things = 0;
    for (var user : byUser.entrySet()) {
      List<Known> orders = known.getOrDefault(user.getKey(), List.of());
      List<ClientEntry> wallets =
          user.getValue().stream().filter(e -> e.told() instanceof Told.WalletShown).toList();
      wallets.forEach(e -> bounds(e, orders, facts.drained(), findings));
      dips(wallets, findings);
      things += wallets.size();
      for (ClientEntry entry : user.getValue()) {
        if (entry.told() instanceof Told.FlowsShown flows) {
          flows(facts, entry, flows, findings);
          things++;
        }
      }
    }
    if (facts.drained()) {
      lastLooks(facts, findings);
    }
    return new Examined(things, findings);
  }

  private static Map<Long, List<Known>> known(Facts facts, RunRecord run) {
    Promises promises = Promises.of(run, facts.log());
    Map<String, List<Long>> kept = new HashMap<>();
    facts
        .stores()
        .orders()
        .forEach(o -> kept.computeIfAbsent(o.orderNo(), _ -> new ArrayList<>()).add(o.amountFen()));
    Map<String, Long> conflicts = new HashMap<>();
    facts.stores().conflicts().forEach(c -> conflicts.merge(c.orderNo(), c.amountFen(), Long::sum));
    var known = new HashMap<Long, List<Known>>();
    promises
        .firstSentNs()
        .forEach((number, sentNs) -> {
          var acks = promises.acks().getOrDefault(number, List.of());
          var amounts = new ArrayList<>(kept.getOrDefault(number, List.of()));
          acks.forEach(ack -> amounts.add(ack.told().amountFen()));
          long acked = acks.stream().mapToLong(a -> a.entry().endNs()).min().orElse(Long.MAX_VALUE);
          long actId = Long.parseLong(number.substring(0, number.indexOf('_')));
          String sceneId = number.split("_", -1)[1];
          known
              .computeIfAbsent(actId, _ -> new ArrayList<>())
              .add(
                  new Known(
                      run.scene(sceneId, number).map(RunRecord.Scene::childId).orElse(""),
                      sentNs,
                      acked,
                      acks.stream().mapToLong(a -> a.told().amountFen()).min().orElse(0),
                      amounts.stream().mapToLong(Long::longValue).max().orElse(0)
                          + conflicts.getOrDefault(number, 0L)));
        });
    return known;
  }

  /// @param complete whether the logs hold every call that was sent
  private static void bounds(
      ClientEntry entry, List<Known> orders, boolean complete, List<Finding> findings) {
    var wallet = (Told.WalletShown) entry.told();
    long least = 0;
    long most = 0;
    for (Known order : orders) {
      if (order.childId().equals(wallet.childId())) {
        least += order.ackedNs() <= entry.sentNs() ? order.leastFen() : 0;
        most += order.sentNs() < entry.endNs() ? order.mostFen() : 0;
      }
    }
    if (wallet.exact() && wallet.balanceFen() < least) {
      findings.add(
          finding(
              "SHOWN_TOO_LITTLE",
              least - wallet.balanceFen(),
              entry,
              "shown %d, acknowledged before the call %d".formatted(wallet.balanceFen(), least)));
    }
    if (complete && wallet.balanceFen() > most) {
      findings.add(
          finding(
              "SHOWN_TOO_MUCH",
              wallet.balanceFen() - most,
              entry,
              "shown %d, asked for before its end %d".formatted(wallet.balanceFen(), most)));
    }
    if (wallet.pendingFen() < 0 || wallet.pendingFen() > wallet.balanceFen()) {
      findings.add(
          finding(
              "PENDING_BEYOND_BALANCE",
              wallet.pendingFen(),
              entry,
              "pending %d of %d".formatted(wallet.pendingFen(), wallet.balanceFen())));
    }
  }

  private static void dips(List<ClientEntry> wallets, List<Finding> findings) {
    for (ClientEntry later : wallets) {
      var shown = (Told.WalletShown) later.told();
      for (ClientEntry earlier : wallets) {
        var before = (Told.WalletShown) earlier.told();
        if (earlier.before(later)
            && before.childId().equals(shown.childId())
            && before.exact()
            && shown.exact()
            && shown.balanceFen() < before.balanceFen()) {
          findings.add(
              finding(
                  "DIPPED",
                  before.balanceFen() - shown.balanceFen(),
                  later,
                  "%d was shown before, now %d"
                      .formatted(before.balanceFen(), shown.balanceFen())));
        }
      }
    }
  }

  private static void flows(
      Facts facts, ClientEntry entry, Told.FlowsShown flows, List<Finding> findings) {
    Set<String> twice =
        facts.stores().conflicts().stream()
            .map(StoreFacts.ConflictRow::orderNo)
            .collect(Collectors.toSet());
    var seen = new HashSet<String>();
    for (Told.FlowLine line : flows.lines()) {
      if (!seen.add(line.orderNo()) && !twice.contains(line.orderNo())) {
        findings.add(
            finding("FLOW_TWICE", line.amountFen(), entry, line.orderNo() + " is listed twice"));
      }
    }
    if (!flows.degradedSources().isEmpty()) {
      return;
    }
    facts.log().stream()
        .filter(e -> e.actId() == entry.actId() && e.before(entry))
        .filter(e -> childOf(facts, e).equals(entry.subject()))
        .map(ClientEntry::told)
        .filter(Told.Accepted.class::isInstance)
        .map(Told.Accepted.class::cast)
        .filter(ack -> ack.amountFen() > 0 && !seen.contains(ack.orderNo()))
        .forEach(ack ->
            findings.add(
                finding("FLOW_MISSING", ack.amountFen(), entry, ack.orderNo() + " is not listed")));
  }

  private static String childOf(Facts facts, ClientEntry entry) {
    return facts.run().flatMap(run -> run.scene(entry)).map(RunRecord.Scene::childId).orElse("");
  }

  private static void lastLooks(Facts facts, List<Finding> findings) {
    Map<String, Long> booked =
        facts.stores().balances().stream()
            .collect(
                Collectors.toMap(
                    b -> b.actId() + " " + b.childId(), BalanceRow::bookedFen, Long::sum));
    Map<String, Long> waiting =
        facts.stores().orders().stream()
            .filter(StoreFacts.OrderRow::waiting)
            .collect(
                Collectors.toMap(
                    o -> o.actId() + " " + o.childId(), StoreFacts.OrderRow::amountFen, Long::sum));
    facts
        .stores()
        .conflicts()
        .forEach(c ->
            facts
                .run()
                .flatMap(run -> run.scene(c.orderNo().split("_", -1)[1], c.orderNo()))
                .stream()
                .forEach(
                    s -> waiting.merge(c.actId() + " " + s.childId(), c.amountFen(), Long::sum)));
    neverExact(facts.log(), findings);
    for (ClientEntry entry : facts.log()) {
      if (entry.intent() == Intent.FINAL_LOOK
          && entry.told() instanceof Told.WalletShown wallet
          && wallet.exact()) {
        String key = entry.actId() + " " + wallet.childId();
        long pending = waiting.getOrDefault(key, 0L);
        long due = booked.getOrDefault(key, 0L) + pending;
        if (wallet.balanceFen() != due || wallet.pendingFen() != pending) {
          findings.add(
              finding(
                  "WALLET_IS_NOT_THE_LEDGER",
                  wallet.balanceFen() - due,
                  entry,
                  "shown %d with %d pending, the ledger has %d with %d"
                      .formatted(wallet.balanceFen(), wallet.pendingFen(), due, pending)));
        }
      }
    }
  }

  /// Once everything is booked the wallet has no excuse left.
  private static void neverExact(List<ClientEntry> log, List<Finding> findings) {
    Map<String, List<ClientEntry>> lastLooks =
        log.stream()
            .filter(e -> e.intent() == Intent.FINAL_LOOK && e.call() == Call.WALLET)
            .collect(Collectors.groupingBy(e -> e.actId() + " " + e.subject()));
    for (List<ClientEntry> looks : lastLooks.values()) {
      if (looks.stream().noneMatch(e -> e.told() instanceof Told.WalletShown w && w.exact())) {
        findings.add(finding("NEVER_EXACT", 0, looks.getLast(), "told " + looks.getLast().told()));
      }
    }
  }

  private static Finding finding(String kind, long amount, ClientEntry entry, String detail) {
    return new Finding(
        Law.VIEW,
        kind,
        amount,
        List.of(),
        "user %d at %d ms: %s".formatted(entry.actId(), entry.sentNs() / 1_000_000, detail),
        "Compare the user's tokens, orders and balance; the ledger is right.");
  }
}
