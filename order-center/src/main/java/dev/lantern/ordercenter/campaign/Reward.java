package dev.lantern.ordercenter.campaign;

import dev.lantern.order.v1.AwardType;
import java.util.Optional;

/// Something a scene can give: its kind, the budget that pays, what it is.
///
/// @param budgetId empty: no inventory control; money always has a budget
/// @param gift money exactly when the award type is a cash kind
public record Reward(
    String id,
    String templateId,
    AwardType awardType,
    Optional<String> budgetId,
    String title,
    Gift gift) {
  /// Whether awards of this type are money: postings into a purse. All others go to a downstream.
  public static boolean isMoney(AwardType type) {
    return type == AwardType.AWARD_TYPE_CASH_RED_PACKET
        || type == AwardType.AWARD_TYPE_VIDEO_SUBSIDY_RED_PACKET;
  }

  public boolean isMoney() {
    return isMoney(awardType);
  }

  /// How the amount is drawn; empty for what is not money.
  public Optional<DrawTable> amount() {
    return gift instanceof Gift.Money(DrawTable amount) ? Optional.of(amount) : Optional.empty();
  }

  /// Who grants it; empty for money.
  public Optional<String> downstream() {
    return gift instanceof Gift.Item(String downstream)
        ? Optional.of(downstream)
        : Optional.empty();
  }

  /// The most that one of it can take from its budget: fen, or one item.
  public long mostUnits() {
    return amount().map(DrawTable::mostFen).orElse(1L);
  }

  /// What is given.
  public sealed interface Gift {
    /// An amount by the table, booked in the ledger.
    record Money(DrawTable amount) implements Gift {}

    /// One item, granted by the downstream of this name.
    record Item(String downstream) implements Gift {}
  }
}
