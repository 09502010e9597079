package dev.lantern.ordercenter.order;

import dev.lantern.order.v1.Award;
import dev.lantern.order.v1.AwardType;
import java.util.Optional;

/// What was decided for an order number: what the user gets and from which budget its unit comes.
/// The same for every retry of the number.
///
/// @param budgetId empty for a MESSAGE, which needs no budget, and for a thing that is not counted
/// @param delivery how a thing reaches its user; empty for money and a MESSAGE, and where an
///   order's row is all that is left of its promise
public record Outcome(
    AwardType given,
    String rewardId,
    Fen amount,
    boolean fallback,
    String title,
    String budgetId,
    Optional<Delivery> delivery) {
  private static final Fen ONE = new Fen(1);

  public Outcome {
    if (budgetId.isEmpty() && !amount.isZero()) {
      throw new IllegalArgumentException("money needs a budget: " + rewardId);
    }
  }

  /// Money, or a MESSAGE.
  public Outcome(
      AwardType given,
      String rewardId,
      Fen amount,
      boolean fallback,
      String title,
      String budgetId) {
    this(given, rewardId, amount, fallback, title, budgetId, Optional.empty());
  }

  /// The same thing, with what is given should its downstream refuse it; of anything else, itself.
  public Outcome orElse(Optional<Outcome> instead) {
    return new Outcome(
        given,
        rewardId,
        amount,
        fallback,
        title,
        budgetId,
        delivery.map(by -> new Delivery(by.downstream(), by.templateId(), instead)));
  }

  /// Whether it is handed out by a downstream: neither money nor a MESSAGE.
  public boolean isThing() {
    return Awards.isThing(given);
  }

  /// What it takes of its budget: fen of money, one of a thing.
  public Fen units() {
    return needsBudget() && isThing() ? ONE : amount;
  }

  public boolean needsBudget() {
    return !budgetId.isEmpty();
  }

  /// Whether this outcome is worth more to the user than `other`: what A4 must not overwrite and
  /// what A5 must not drop. The same worth, another title or reward, is no more.
  public boolean worthMoreThan(Outcome other) {
    return worth().isMoreThan(other.worth());
  }

  public Worth worth() {
    return new Worth(amount, isThing(), fallback);
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
    var proto =
        dev.lantern.acceptlog.v1.Outcome.newBuilder().setAward(toAward()).setBudgetId(budgetId);
    delivery.map(Delivery::toProto).ifPresent(proto::setDelivery);
    return proto.build();
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
        proto.getBudgetId(),
        proto.hasDelivery() ? Optional.of(Delivery.of(proto.getDelivery())) : Optional.empty());
  }
}
