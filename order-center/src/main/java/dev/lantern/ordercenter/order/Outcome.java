package dev.lantern.ordercenter.order;

import dev.lantern.order.v1.Award;
import dev.lantern.order.v1.AwardType;

/// What was decided for an order number: what the user gets and from which budget its unit comes.
/// The same for every retry of the number.
///
/// @param budgetId empty for a MESSAGE, which needs no budget
public record Outcome(
    AwardType given, String rewardId, Fen amount, boolean fallback, String title, String budgetId) {
  public Outcome {
    if (budgetId.isEmpty() && !amount.isZero()) {
      throw new IllegalArgumentException("money needs a budget: " + rewardId);
    }
  }

  public boolean needsBudget() {
    return !budgetId.isEmpty();
  }

  /// Whether this outcome is worth more to the user than `other`: what A4 must not overwrite and
  /// what A5 must not drop. The same worth, another title or reward, is no more.
  public boolean worthMoreThan(Outcome other) {
    return amount.compareTo(other.amount) > 0;
  }

  /// SHA-256 of what was promised: tells conflicting promises of one number apart.
  public byte[] digest() {
    return new Digests()
        .add(given.getNumber())
        .add(rewardId)
        .add(amount.value())
        .add(fallback ? 1 : 0)
        .add(budgetId)
        .finish();
  }

  public Award toAward() {
    return Award.newBuilder()
        .setAwardType(given)
        .setRewardId(rewardId)
        .setAmountFen(amount.value())
        .setFallback(fallback)
        .setTitle(title)
        .build();
  }

  public dev.lantern.acceptlog.v1.Outcome toProto() {
    return dev.lantern.acceptlog.v1.Outcome.newBuilder()
        .setAward(toAward())
        .setBudgetId(budgetId)
        .build();
  }

  /// What a claim or record says was decided.
  ///
  /// @throws IllegalArgumentException when the message is not an outcome this code would write
  public static Outcome of(dev.lantern.acceptlog.v1.Outcome proto) {
    Award award = proto.getAward();
    return new Outcome(
        award.getAwardType(),
        award.getRewardId(),
        Fen.of(award.getAmountFen()),
        award.getFallback(),
        award.getTitle(),
        proto.getBudgetId());
  }
}
