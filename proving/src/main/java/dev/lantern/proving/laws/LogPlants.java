package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.Plant.InLog;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Violations in what clients were told: one line of a copy of their logs changed.
final class LogPlants {
  private LogPlants() {}

  static List<Plant> all() {
    return List.of(
        plant(
            Law.ONCE,
            "a retry told another amount",
            List.of("TOLD_ANOTHER_AMOUNT", "TOLD_TWO_OUTCOMES"),
            entry ->
                entry.told() instanceof Told.Accepted a && a.replayed()
                    ? Optional.of(told(entry, withAmount(a, a.amountFen() + 1)))
                    : Optional.empty()),
        plant(
            Law.ONCE,
            "a retry answered as new",
            List.of("REPLAY_NOT_MARKED"),
            entry ->
                entry.told() instanceof Told.Accepted a && entry.intent() == Intent.REPEAT
                    ? Optional.of(told(entry, withReplayed(a, false)))
                    : Optional.empty()),
        plant(
            Law.VIEW,
            "a last wallet a fen short",
            List.of("SHOWN_TOO_LITTLE", "WALLET_IS_NOT_THE_LEDGER"),
            entry ->
                entry.told() instanceof Told.WalletShown w
                        && w.exact()
                        && w.balanceFen() > 0
                        && entry.intent() == Intent.FINAL_LOOK
                    ? Optional.of(told(entry, withBalance(w, w.balanceFen() - 1)))
                    : Optional.empty()),
        plant(
            Law.VIEW,
            "a wallet that shows what nobody asked for",
            List.of("SHOWN_TOO_MUCH"),
            entry ->
                entry.told() instanceof Told.WalletShown w && entry.intent() == Intent.LOOK
                    ? Optional.of(told(entry, withBalance(w, w.balanceFen() + 1_000_000)))
                    : Optional.empty()),
        plant(
            Law.COUNT,
            "a counter that goes back",
            List.of("WENT_BACK", "END_DIFFERS"),
            entry ->
                entry.told() instanceof Told.CounterShown c
                        && entry.intent() == Intent.FINAL_LOOK
                        && c.value() > 0
                    ? Optional.of(
                        told(
                            entry,
                            new Told.CounterShown(
                                c.name(), c.value() - 1, c.shownValue(), c.source())))
                    : Optional.empty()),
        plant(
            Law.APART,
            "a user shown another's order",
            List.of("SHOWN_ANOTHERS"),
            entry ->
                entry.told() instanceof Told.OrderShown o
                    ? Optional.of(
                        told(
                            entry,
                            new Told.OrderShown(
                                "1" + o.orderNo(),
                                o.state(),
                                o.childId(),
                                o.stage(),
                                o.sceneId(),
                                o.amountFen())))
                    : Optional.empty()),
        plant(
            Law.PLAIN,
            "a refusal that does not say who refused",
            List.of("SAYS_NOT_WHO"),
            entry ->
                entry.told() instanceof Told.Refused r
                    ? Optional.of(told(entry, withLayer(r, "")))
                    : Optional.empty()),
        plant(
            Law.PLAIN,
            "an undeclared round refused for another reason",
            List.of("ANOTHER_REASON"),
            entry ->
                entry.told() instanceof Told.Refused r
                        && entry.intent() == Intent.UNDECLARED_ROUND
                        && r.reason().equals("UNDECLARED_ROUND")
                    ? Optional.of(told(entry, withReason(r, "ROUND_CLOSED")))
                    : Optional.empty()),
        plant(
            Law.PLAIN,
            "a rule named over one protocol alone",
            List.of("PROTOCOLS_DIFFER"),
            entry ->
                entry.told() instanceof Told.Refused r
                        && entry.intent() == Intent.UNDECLARED_ROUND
                        && r.reason().equals("UNDECLARED_ROUND")
                    ? Optional.of(told(entry, withRule(r, "another-rule")))
                    : Optional.empty()));
  }

  private static Plant plant(
      Law law,
      String name,
      List<String> kinds,
      Function<ClientEntry, Optional<ClientEntry>> change) {
    return new InLog(law, name, kinds, change);
  }

  private static ClientEntry told(ClientEntry entry, Told told) {
    return new ClientEntry(
        entry.user(),
        entry.actId(),
        entry.protocol(),
        entry.call(),
        entry.intent(),
        entry.sentNs(),
        entry.endNs(),
        entry.sceneId(),
        entry.rainId(),
        entry.subject(),
        told);
  }

  private static Told withAmount(Told.Accepted a, long amountFen) {
    return new Told.Accepted(
        a.orderNo(),
        a.awardType(),
        a.rewardId(),
        amountFen,
        a.fallback(),
        a.replayed(),
        a.state(),
        a.signed());
  }

  private static Told withReplayed(Told.Accepted a, boolean replayed) {
    return new Told.Accepted(
        a.orderNo(),
        a.awardType(),
        a.rewardId(),
        a.amountFen(),
        a.fallback(),
        replayed,
        a.state(),
        a.signed());
  }

  private static Told withBalance(Told.WalletShown w, long balanceFen) {
    return new Told.WalletShown(
        w.childId(),
        balanceFen,
        w.withdrawableFen(),
        w.pendingFen(),
        w.pendingCount(),
        w.incomeFen(),
        w.stale(),
        w.degradedSources());
  }

  private static Told withLayer(Told.Refused r, String layer) {
    return new Told.Refused(
        r.code(),
        r.httpStatus(),
        r.reason(),
        r.domain(),
        layer,
        r.rule(),
        r.field(),
        r.retryMs(),
        r.pushbackMs(),
        r.retryAfterS());
  }

  private static Told withRule(Told.Refused r, String rule) {
    return new Told.Refused(
        r.code(),
        r.httpStatus(),
        r.reason(),
        r.domain(),
        r.layer(),
        rule,
        r.field(),
        r.retryMs(),
        r.pushbackMs(),
        r.retryAfterS());
  }

  private static Told withReason(Told.Refused r, String reason) {
    return new Told.Refused(
        r.code(),
        r.httpStatus(),
        reason,
        r.domain(),
        r.layer(),
        r.rule(),
        r.field(),
        r.retryMs(),
        r.pushbackMs(),
        r.retryAfterS());
  }
}
