package dev.lantern.ordercenter.campaign;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.campaign.DrawTable.Band;
import dev.lantern.ordercenter.campaign.Reward.Gift;
import dev.lantern.ordercenter.order.Fen;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads rewards: money says how much, everything else who grants it.
final class RewardReader {
  static final Set<String> KEYS =
      Set.of("id", "template_id", "award_type", "budget", "title", "amount", "downstream");

  /// All award types by the names that documents use. A MESSAGE is no reward: it is what a fallback
  /// says.
  static final Map<String, AwardType> AWARD_TYPES =
      Arrays.stream(AwardType.values())
          .filter(type ->
              !EnumSet.of(
                      AwardType.AWARD_TYPE_UNSPECIFIED,
                      AwardType.AWARD_TYPE_MESSAGE,
                      AwardType.UNRECOGNIZED)
                  .contains(type))
          .collect(
              Collectors.toUnmodifiableMap(
                  type -> type.name().substring("AWARD_TYPE_".length()), type -> type));

  static final long MAX_AMOUNT_FEN = 10_000_000;

  private static final Set<String> AMOUNT = Set.of("fixed_fen", "table");
  private static final Set<String> BAND = Set.of("min_fen", "max_fen", "weight");

  private RewardReader() {}

  static Reward reward(Section s) {
    AwardType type = s.oneOf("award_type", AWARD_TYPES, AwardType.AWARD_TYPE_CASH_RED_PACKET);
    return new Reward(
        s.id("id", Section.LONG_ID),
        s.text("template_id", 64),
        type,
        s.has("budget") ? Optional.of(s.id("budget", Section.LONG_ID)) : Optional.empty(),
        s.text("title", 128),
        Reward.isMoney(type) ? money(s) : item(s));
  }

  private static Gift money(Section s) {
    if (s.has("downstream")) {
      s.problem("downstream", "money is booked here, not granted elsewhere", "leave it out");
    }
    if (!s.has("budget")) {
      s.problem("budget", "money without a budget has no bound", "name the budget that pays");
    }
    return new Gift.Money(amount(s.section("amount", AMOUNT)));
  }

  private static Gift item(Section s) {
    if (s.has("amount")) {
      s.problem("amount", "is for cash kinds alone: one order is one item", "leave it out");
    }
    return new Gift.Item(s.id("downstream", Section.SHORT_ID));
  }

  private static DrawTable amount(Section s) {
    if (s.has("fixed_fen") == s.has("table")) {
      s.problem("must be either fixed or drawn", "give it one of fixed_fen and table");
      return DrawTable.fixed(new Fen(1));
    }
    if (s.has("fixed_fen")) {
      return DrawTable.fixed(Fen.of(s.number("fixed_fen", 1, MAX_AMOUNT_FEN)));
    }
    List<Band> bands = s.list("table", 1, 64, BAND, RewardReader::band);
    return bands.isEmpty() ? DrawTable.fixed(new Fen(1)) : new DrawTable(bands);
  }

  private static Band band(Section s) {
    long least = s.number("min_fen", 1, MAX_AMOUNT_FEN);
    long most = s.number("max_fen", 1, MAX_AMOUNT_FEN);
    if (most < least) {
      s.problem("max_fen", "is below min_fen", "write " + least + " or more");
    }
    return new Band(least, Math.max(least, most), (int) s.number("weight", 1, 1_000_000));
  }
}
