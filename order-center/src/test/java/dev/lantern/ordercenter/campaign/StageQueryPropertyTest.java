package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.campaign.v1.ResolveStageRequest;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.campaign.Campaigns.Known;
import dev.lantern.runtime.errors.Refused;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// "Which child would this user get in this round?", of every user, round and instant that matters,
/// over trees of all kinds of audiences; against an oracle that reads the tree's figures and not
/// the tree.
final class StageQueryPropertyTest {
  private static final Instant BEGIN = Instant.parse("2027-01-01T12:00:00Z");
  private static final int TREES = 60;
  private static final int USERS = 30;

  @Test
  void everyUser_getsInEveryRound_andAtEveryInstant_whatTheTreeSays() {
    Set<String> answers = new TreeSet<>();
    for (long seed = 1; seed <= TREES; seed++) {
      Figures tree = Figures.of(new Random(seed));
      CampaignIndex index =
          new CampaignIndex(
              CampaignDocument.read(tree.yaml()).campaign().orElseThrow(), 7, new byte[16]);
      for (Instant now : tree.instants()) {
        StageQuery query = new StageQuery((_, _) -> new Known.InEffect(index), () -> now);
        for (long user = 1; user <= USERS; user++) {
          for (String round : List.of("rain 1", "rain 2", "rain 3", "rain 4", "always 0", "now")) {
            String due = tree.resolve(user, round, now);
            assertThat(answer(query, user, round))
                .as("seed %s, user %s, %s at %s", seed, user, round, now)
                .isEqualTo(due);
            answers.add(round + " " + due);
          }
        }
      }
    }
    // All of it has happened, or nothing was tried.
    assertThat(answers)
        .contains(
            "rain 1 internal",
            "rain 1 NOT_ELIGIBLE",
            "rain 2 grey",
            "rain 2 NOT_ELIGIBLE",
            "rain 3 official",
            "rain 4 UNDECLARED_ROUND",
            "always 0 grey",
            "always 0 official",
            "always 0 NOT_ELIGIBLE",
            "now internal",
            "now grey",
            "now official",
            "now NOT_ELIGIBLE");
  }

  private static String answer(StageQuery query, long user, String round) {
    ResolveStageRequest.Builder request =
        ResolveStageRequest.newBuilder().setActivityId("stages").setActId(user);
    if (!round.equals("now")) {
      String[] parts = round.split(" ", -1);
      request.setSceneId(parts[0]).setRainId(Integer.parseInt(parts[1]));
    }
    try {
      return query.resolve(request.build()).getChildActivityId();
    } catch (Refused refused) {
      return refused.reason().name().substring(Reason.REASON_UNSPECIFIED.name().indexOf('_') + 1);
    }
  }

  /// The figures of a tree.
  ///
  /// @param list of INTERNAL
  /// @param greyList empty: a percentage
  /// @param greyOpens may lie before INTERNAL closes, where audiences allow it
  private record Figures(
      List<Long> list,
      List<Long> greyList,
      int percent,
      Instant internalCloses,
      Instant greyOpens,
      Instant border,
      Instant end) {
    static Figures of(Random random) {
      boolean listed = random.nextBoolean();
      Instant internalCloses = BEGIN.plusSeconds(100 + random.nextInt(50));
      // Users of two lists at a time are refused: then the windows follow one another.
      Instant greyOpens = listed ? internalCloses : internalCloses.minusSeconds(random.nextInt(40));
      return new Figures(
          users(random),
          listed ? users(random) : List.of(),
          random.nextInt(1, 101),
          internalCloses,
          greyOpens,
          internalCloses.plusSeconds(60 + random.nextInt(60)),
          BEGIN.plusSeconds(400));
    }

    private static List<Long> users(Random random) {
      List<Long> users = new ArrayList<>();
      users.add(1L + random.nextInt(USERS));
      for (long user = 1; user <= USERS; user++) {
        if (random.nextInt(3) == 0 && !users.contains(user)) {
          users.add(user);
        }
      }
      return users;
    }

    /// The borders, just before and just after each, and what lies between.
    List<Instant> instants() {
      List<Instant> instants = new ArrayList<>();
      for (Instant border : List.of(BEGIN, greyOpens, internalCloses, this.border, end)) {
        instants.add(border.minusNanos(1_000));
        instants.add(border);
        instants.add(border.plusSeconds(9));
      }
      return instants;
    }

    String resolve(long user, String round, Instant now) {
      return switch (round) {
        case "rain 1" -> list.contains(user) ? "internal" : "NOT_ELIGIBLE";
        case "rain 2" -> isGuest(user) ? "grey" : "NOT_ELIGIBLE";
        case "rain 3" -> "official";
        case "rain 4" -> "UNDECLARED_ROUND";
        case "always 0" -> always(user, now);
        default -> ofNow(user, now).orElse("NOT_ELIGIBLE");
      };
    }

    /// Without rounds the time tells: what is over gives way to what follows.
    private String always(long user, Instant now) {
      if (!now.isBefore(border)) {
        return "official";
      }
      return isGuest(user) ? "grey" : "NOT_ELIGIBLE";
    }

    private Optional<String> ofNow(long user, Instant now) {
      if (within(now, BEGIN, internalCloses) && list.contains(user)) {
        return Optional.of("internal");
      }
      if (within(now, greyOpens, border) && isGuest(user)) {
        return Optional.of("grey");
      }
      return within(now, border, end) ? Optional.of("official") : Optional.empty();
    }

    private static boolean within(Instant now, Instant from, Instant to) {
      return !now.isBefore(from) && now.isBefore(to);
    }

    /// A percentage by its definition: a multiplicative hash of user and child, as a fraction.
    private boolean isGuest(long user) {
      if (!greyList.isEmpty()) {
        return greyList.contains(user);
      }
      BigInteger golden = new BigInteger("9E3779B97F4A7C15", 16);
      BigInteger word = BigInteger.ONE.shiftLeft(64);
      BigInteger mixed =
          BigInteger.valueOf(user ^ ((long) "grey".hashCode() << 32)).multiply(golden).mod(word);
      mixed = mixed.xor(mixed.shiftRight(29)).multiply(golden).mod(word);
      return mixed.multiply(BigInteger.valueOf(100)).shiftRight(64).intValue() < percent;
    }

    String yaml() {
      String text = "activity: stages\ntitle: Stages\n";
      text += "budgets:\n  - {id: stages-main, total_fen: 1000000}\nchildren:\n";
      text += child("internal", "{allow_list: " + list + "}", BEGIN, internalCloses);
      text += rain(1, BEGIN);
      String audience =
          greyList.isEmpty() ? "{percentage: " + percent + "}" : "{allow_list: " + greyList + "}";
      text += child("grey", audience, greyOpens, border);
      text += rain(2, greyOpens) + scene("always");
      text += child("official", "{everyone: true}", border, end);
      return text + rain(3, border) + scene("always");
    }

    private static String child(String name, String audience, Instant opens, Instant closes) {
      return """
        - id: %1$s
          title: %1$s
          stage: %2$s
          audience: %3$s
          opens: %4$s
          closes: %5$s
          rewards:
            - {id: packet, template_id: t-1, award_type: CASH_RED_PACKET, budget: stages-main, title: "Packet", amount: {fixed_fen: 1}}
          scenes:
      """
          .formatted(name, name.toUpperCase(Locale.ROOT), audience, opens, closes);
    }

    private static String rain(int id, Instant opens) {
      return scene("rain")
          + "        rounds:\n          - {rain_id: %d, opens: %s, closes: %s}\n"
              .formatted(id, opens, opens.plusSeconds(9));
    }

    private static String scene(String id) {
      return """
            - id: %s
              award_type: CASH_RED_PACKET
              reward: packet
              bill_text: Packet
              single_amount_cap_fen: 1
      """
          .formatted(id);
    }
  }
}
