package dev.lantern.ordercenter.campaign;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.campaign.Compensation.Fallback;
import dev.lantern.ordercenter.campaign.Compensation.Retry;
import dev.lantern.ordercenter.campaign.Scene.Round;
import dev.lantern.ordercenter.campaign.Scene.Settlement;
import dev.lantern.ordercenter.order.Fen;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Reads scenes: what is given, what instead, how it is settled, when.
final class SceneReader {
  static final Set<String> KEYS =
      Set.of(
          "id",
          "award_type",
          "reward",
          "bill_text",
          "single_amount_cap_fen",
          "daily_cap_fen",
          "rate_limit",
          "compensation",
          "settlement",
          "reconciled",
          "rounds");

  static final int DEFAULT_THRESHOLD_PERCENT = 10;

  private static final OptionalInt NO_RATE = OptionalInt.empty();
  private static final long MAX_DAILY_CAP_FEN = 1_000_000_000;
  private static final int MAX_RATE = 10_000_000;
  private static final int MAX_TRIES = 100;
  private static final int MAX_BACKOFF_S = 86_400;
  private static final Set<String> COMPENSATION = Set.of("threshold_percent", "fallback", "retry");
  private static final Set<String> RETRY = Set.of("max_tries", "first_backoff_s", "max_backoff_s");

  private SceneReader() {}

  static Scene scene(Section s) {
    return new Scene(
        s.id("id", Section.SHORT_ID),
        s.oneOf("award_type", RewardReader.AWARD_TYPES, AwardType.AWARD_TYPE_CASH_RED_PACKET),
        s.id("reward", Section.LONG_ID),
        s.text("bill_text", 64),
        fen(s, "single_amount_cap_fen", 1, RewardReader.MAX_AMOUNT_FEN),
        fen(s, "daily_cap_fen", 0, MAX_DAILY_CAP_FEN),
        s.optional("rate_limit", Set.of("per_second")).map(SceneReader::rate).orElse(NO_RATE),
        s.optional("compensation", COMPENSATION)
            .map(SceneReader::compensation)
            .orElse(Compensation.NONE),
        s.has("settlement")
            ? s.oneOf(
                "settlement",
                Map.of("TOKEN", Settlement.TOKEN, "DIRECT", Settlement.DIRECT),
                Settlement.TOKEN)
            : Settlement.TOKEN,
        s.flag("reconciled", true),
        s.list("rounds", 0, 1000, Set.of("rain_id", "opens", "closes"), SceneReader::round));
  }

  private static OptionalInt rate(Section s) {
    return OptionalInt.of((int) s.number("per_second", 1, MAX_RATE));
  }

  private static Fen fen(Section s, String key, long least, long most) {
    return s.has(key) ? Fen.of(s.number(key, least, most)) : Fen.ZERO;
  }

  private static Compensation compensation(Section s) {
    Fallback fallback =
        s.optional("fallback", Set.of("reward", "message"))
            .map(SceneReader::fallback)
            .orElse(new Fallback.None());
    if (s.has("threshold_percent") && !s.has("fallback")) {
      s.problem("threshold_percent", "has nothing to give below it", "add fallback, or drop it");
    }
    return new Compensation(
        threshold(s),
        fallback,
        s.optional("retry", RETRY).map(SceneReader::retry).orElse(Retry.STANDARD));
  }

  private static int threshold(Section s) {
    if (s.has("threshold_percent")) {
      return (int) s.number("threshold_percent", 0, 100);
    }
    return s.has("fallback") ? DEFAULT_THRESHOLD_PERCENT : 0;
  }

  private static Fallback fallback(Section s) {
    if (s.has("reward") == s.has("message")) {
      s.problem("must be either a reward or a message", "give it one of reward and message");
      return new Fallback.None();
    }
    return s.has("reward")
        ? new Fallback.OtherReward(s.id("reward", Section.LONG_ID))
        : new Fallback.Message(s.text("message", 128));
  }

  private static Retry retry(Section s) {
    long first = s.number("first_backoff_s", 1, MAX_BACKOFF_S);
    long most = s.number("max_backoff_s", 1, MAX_BACKOFF_S);
    if (most < first) {
      s.problem("max_backoff_s", "is below first_backoff_s", "write " + first + " or more");
    }
    return new Retry(
        (int) s.number("max_tries", 1, MAX_TRIES),
        Duration.ofSeconds(first),
        Duration.ofSeconds(Math.max(first, most)));
  }

  private static Round round(Section s) {
    Instant opens = s.instant("opens");
    Instant closes = s.instant("closes");
    return new Round((int) s.number("rain_id", 1, Integer.MAX_VALUE), opens, closes);
  }
}
