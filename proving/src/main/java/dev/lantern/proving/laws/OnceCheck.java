package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.laws.Promises.Ack;
import dev.lantern.proving.laws.Promises.Outcome;
import dev.lantern.proving.laws.StoreFacts.ConflictRow;
import dev.lantern.proving.laws.StoreFacts.OrderRow;
import dev.lantern.proving.laws.StoreFacts.PostingRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// ONCE: an order number has at most one effect, and every retry hears of that one.
final class OnceCheck implements LawCheck {
  @Override
  public Law law() {
    return Law.ONCE;
  }

  @Override
  public Examined check(Facts facts) {
    var findings = new ArrayList<Finding>();
    Map<String, OrderRow> rows =
        facts.stores().orders().stream().collect(Collectors.toMap(OrderRow::orderNo, o -> o));
    long things = rows.size();
    checkEffects(facts.stores(), rows, findings);
    if (facts.run().isPresent()) {
      RunRecord run = facts.run().get();
      Promises promises = Promises.of(run, facts.log());
      things += promises.acks().size();
      promises.acks().forEach((number, acks) -> checkAnswers(run, number, acks, findings));
      checkAgainstRows(facts.stores(), promises, rows, facts.drained(), findings);
    }
    return new Examined(things, findings);
  }

  /// What one number's clients were told, among themselves.
  private static void checkAnswers(
      RunRecord run, String number, List<Ack> acks, List<Finding> findings) {
    long firstEnd = acks.stream().mapToLong(a -> a.entry().endNs()).min().orElseThrow();
    for (Ack ack : acks) {
      String due = Promises.numberOf(run, ack.entry()).orElse("");
      if (!number.equals(due)) {
        findings.add(
            finding("WRONG_NUMBER", ack, "the grab's number is " + due, "Find who was paid."));
      }
      if (ack.entry().sentNs() >= firstEnd && !ack.told().replayed()) {
        findings.add(
            finding(
                "REPLAY_NOT_MARKED",
                ack,
                "a retry sent after an acceptance was answered as new",
                "Look for a second record of this number in the accept log."));
      }
    }
  }

  /// @param complete whether the logs hold every call that was sent: those of a driver that was
  ///   killed lack the calls it was waiting for
  private static void checkAgainstRows(
      StoreFacts stores,
      Promises promises,
      Map<String, OrderRow> rows,
      boolean complete,
      List<Finding> findings) {
    Set<String> refused =
        stores.grants().stream()
            .filter(StoreFacts.GrantRow::refused)
            .map(StoreFacts.GrantRow::orderNo)
            .collect(Collectors.toSet());
    for (String number : promises.acks().keySet()) {
      Set<Long> kept = amountsKept(stores, rows, number);
      // A thing that its downstream refused was kept as such, and became what was given instead.
      if (refused.contains(number)) {
        kept.add(0L);
      }
      Set<Outcome> outcomes = promises.outcomes(number);
      for (Outcome outcome : outcomes) {
        if (!kept.isEmpty() && !kept.contains(outcome.amountFen())) {
          findings.add(
              Finding.of(
                  Law.ONCE,
                  "TOLD_ANOTHER_AMOUNT",
                  outcome.amountFen(),
                  number,
                  "told " + outcome + ", kept amounts are " + kept,
                  "Compare with the user's token and pay the better promise."));
        }
      }
      if (areTwo(outcomes, refused.contains(number))
          && stores.conflicts().stream().noneMatch(c -> c.orderNo().equals(number))) {
        findings.add(
            Finding.of(
                Law.ONCE,
                "TOLD_TWO_OUTCOMES",
                0,
                number,
                "told " + outcomes + " and no conflict is kept",
                "Park the better promise by hand."));
      }
    }
    for (OrderRow row : rows.values()) {
      if (complete && !promises.firstSentNs().containsKey(row.orderNo())) {
        findings.add(
            Finding.of(
                Law.ONCE,
                "NOBODY_ASKED",
                row.amountFen(),
                row.orderNo(),
                "no client sent this grab",
                "Find the caller in the traces; hold the user's withdrawals."));
      }
    }
  }

  /// Whether one number was promised two things. Who was told a thing that was refused afterwards
  /// is told the fallback from then on: one of each is the story of one promise.
  private static boolean areTwo(Set<Outcome> outcomes, boolean refused) {
    long fallbacks = outcomes.stream().filter(Outcome::fallback).count();
    long mains = outcomes.size() - fallbacks;
    return refused ? mains > 1 || fallbacks > 1 : outcomes.size() > 1;
  }

  private static Set<Long> amountsKept(
      StoreFacts stores, Map<String, OrderRow> rows, String number) {
    Set<Long> kept =
        stores.conflicts().stream()
            .filter(c -> c.orderNo().equals(number))
            .map(StoreFacts.ConflictRow::amountFen)
            .collect(Collectors.toSet());
    OrderRow row = rows.get(number);
    if (row != null) {
      kept.add(row.amountFen());
    }
    return kept;
  }

  /// Orders against postings.
  private static void checkEffects(
      StoreFacts stores, Map<String, OrderRow> rows, List<Finding> findings) {
    Map<String, List<PostingRow>> postings =
        stores.postings().stream().collect(Collectors.groupingBy(PostingRow::orderNo));
    Map<String, List<ConflictRow>> paid =
        stores.conflicts().stream()
            .filter(ConflictRow::paid)
            .collect(Collectors.groupingBy(ConflictRow::orderNo));
    for (OrderRow row : rows.values()) {
      List<PostingRow> of = postings.getOrDefault(row.orderNo(), List.of());
      List<ConflictRow> beside = paid.getOrDefault(row.orderNo(), List.of());
      int due = (row.booked() && row.amountFen() > 0 ? 1 : 0) + beside.size();
      long dueFen =
          (row.booked() ? row.amountFen() : 0)
              + beside.stream().mapToLong(ConflictRow::amountFen).sum();
      long posted = of.stream().mapToLong(PostingRow::amountFen).sum();
      if (of.size() != due || posted != dueFen) {
        findings.add(
            Finding.of(
                Law.ONCE,
                of.size() > due ? "POSTED_TOO_OFTEN" : "POSTED_OTHERWISE",
                posted - dueFen,
                row.orderNo(),
                "order of %d fen in state %d has %d postings of %d fen"
                    .formatted(row.amountFen(), row.state(), of.size(), posted),
                "Reverse the surplus posting, or post what is missing."));
      }
    }
    for (PostingRow posting : stores.postings()) {
      if (!rows.containsKey(posting.orderNo())) {
        findings.add(
            Finding.of(
                Law.ONCE,
                "POSTED_WITHOUT_ORDER",
                posting.amountFen(),
                posting.orderNo(),
                "posting " + posting.postingId() + " has no order",
                "Restore the order, or reverse the posting."));
      }
    }
    stores.orders().stream()
        .collect(Collectors.groupingBy(OnceCheck::round))
        .forEach((round, of) -> twoRewards(round, of, findings));
  }

  /// A scene without rounds has one a stage.
  private static String round(OrderRow order) {
    String round = order.actId() + " " + order.sceneId() + " " + order.rainId();
    return order.rainId() == 0 ? round + " " + order.stage() : round;
  }

  private static void twoRewards(String round, List<OrderRow> of, List<Finding> findings) {
    if (of.size() > 1) {
      findings.add(
          new Finding(
              Law.ONCE,
              "TWO_REWARDS_ONE_ROUND",
              of.stream().mapToLong(OrderRow::amountFen).sum(),
              of.stream().map(OrderRow::orderNo).toList(),
              "one person has two orders of one round: " + round,
              "Keep the first; discard the other with its release."));
    }
  }

  private static Finding finding(String kind, Ack ack, String detail, String remedy) {
    return Finding.of(Law.ONCE, kind, ack.told().amountFen(), ack.told().orderNo(), detail, remedy);
  }
}
