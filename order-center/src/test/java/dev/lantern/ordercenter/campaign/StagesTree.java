package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.order.RoundId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The tree of three stages and what an operator tries to make of it: more rounds, rounds closed
/// early, other percentages, lists and borders. Some of it the rules refuse.
final class StagesTree {
  static final String ID = "stages";

  private static final long INTERNAL_S = 100;
  private static final long BORDER_S = 200;
  private static final long END_S = 600;

  private State current;
  private State tried;

  StagesTree(Instant begin) {
    List<Rain> rains = new ArrayList<>();
    rains.add(new Rain(0, 1, begin.plusSeconds(30), begin.plusSeconds(60)));
    rains.add(new Rain(1, 2, begin.plusSeconds(110), begin.plusSeconds(130)));
    rains.add(new Rain(2, 3, begin.plusSeconds(270), begin.plusSeconds(290)));
    current =
        new State(
            begin,
            begin.plusSeconds(INTERNAL_S),
            begin.plusSeconds(BORDER_S),
            begin.plusSeconds(END_S),
            30,
            12,
            List.copyOf(rains));
    tried = current;
  }

  String document() {
    return tried.yaml();
  }

  Campaign campaign() {
    return CampaignDocument.read(current.yaml()).campaign().orElseThrow();
  }

  void took(String document) {
    if (!document.equals(tried.yaml())) {
      throw new IllegalStateException("another document was applied");
    }
    current = tried;
  }

  void refused() {
    tried = current;
  }

  RoundId anyRound(Random random) {
    if (random.nextBoolean()) {
      return new RoundId("always", 0);
    }
    Rain rain = current.rains.get(random.nextInt(current.rains.size()));
    return new RoundId("rain", rain.id());
  }

  /// One change, for better or worse.
  String changed(Random random, Instant now) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    tried =
        switch (random.nextInt(7)) {
          case 0 -> current.withPercent(random.nextInt(101));
          case 1 -> current.withListed(random.nextInt(1, 25));
          case 2 -> current.withRain(random, second);
          case 3 -> current.closedEarly(random, second);
          default -> current.withBorder(second.plusSeconds(border(random)));
        };
    return tried.yaml();
  }

  // Anywhere; or just as far ahead as the rules may or may not allow.
  private static long border(Random random) {
    return random.nextBoolean() ? random.nextInt(-60, 200) : random.nextInt(25, 80);
  }

  private record Rain(int child, int id, Instant opens, Instant closes) {}

  /// Everything about the tree that changes.
  private record State(
      Instant begin,
      Instant internalEnds,
      Instant border,
      Instant end,
      int percent,
      int listed,
      List<Rain> rains) {
    State withPercent(int other) {
      return new State(begin, internalEnds, border, end, other, listed, rains);
    }

    State withListed(int other) {
      return new State(begin, internalEnds, border, end, percent, other, rains);
    }

    State withBorder(Instant other) {
      return new State(begin, internalEnds, other, end, percent, listed, rains);
    }

    State withRain(Random random, Instant now) {
      int id = rains.stream().mapToInt(Rain::id).max().orElse(0) + 1;
      Instant opens = now.plusSeconds(random.nextInt(60));
      List<Rain> more = new ArrayList<>(rains);
      more.add(new Rain(random.nextInt(3), id, opens, opens.plusSeconds(5 + random.nextInt(20))));
      return new State(begin, internalEnds, border, end, percent, listed, List.copyOf(more));
    }

    State closedEarly(Random random, Instant now) {
      int which = random.nextInt(rains.size());
      List<Rain> closed = new ArrayList<>(rains);
      Rain rain = rains.get(which);
      closed.set(
          which,
          new Rain(rain.child(), rain.id(), rain.opens(), now.plusSeconds(random.nextInt(40))));
      return new State(begin, internalEnds, border, end, percent, listed, List.copyOf(closed));
    }

    String yaml() {
      StringBuilder text = new StringBuilder();
      text.append("activity: stages\ntitle: Stages\n");
      text.append("budgets:\n  - {id: stages-main, total_fen: 1000000}\nchildren:\n");
      StringBuilder list = new StringBuilder("1");
      for (int user = 2; user <= listed; user++) {
        list.append(", ").append(user);
      }
      child(text, 0, "INTERNAL", "{allow_list: [" + list + "]}", begin, internalEnds);
      child(text, 1, "GREY", "{percentage: " + percent + "}", internalEnds, border);
      child(text, 2, "OFFICIAL", "{everyone: true}", border, end);
      return text.toString();
    }

    private void child(
        StringBuilder text, int number, String stage, String audience, Instant from, Instant to) {
      text.append(
          """
            - id: stages-%1$d
              title: Stage %2$s
              stage: %2$s
              audience: %3$s
              opens: %4$s
              closes: %5$s
              rewards:
                - {id: cash, template_id: t-1, award_type: CASH_RED_PACKET, budget: stages-main, title: x, amount: {fixed_fen: 1}}
              scenes:
                - {id: always, award_type: CASH_RED_PACKET, reward: cash, bill_text: x, single_amount_cap_fen: 1}
                - id: rain
                  award_type: CASH_RED_PACKET
                  reward: cash
                  bill_text: x
                  single_amount_cap_fen: 1
                  rounds:
          """
              .formatted(number, stage, audience, from, to));
      rains.stream()
          .filter(rain -> rain.child() == number)
          .forEach(rain ->
              text.append(
                  "          - {rain_id: %d, opens: %s, closes: %s}\n"
                      .formatted(rain.id(), rain.opens(), rain.closes())));
    }
  }
}
