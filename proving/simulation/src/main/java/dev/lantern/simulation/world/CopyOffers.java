package dev.lantern.simulation.world;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.campaign.Audience;
import dev.lantern.ordercenter.campaign.Campaigns.Known;
import dev.lantern.ordercenter.campaign.Child;
import dev.lantern.ordercenter.campaign.Compensation;
import dev.lantern.ordercenter.campaign.Compensation.Fallback;
import dev.lantern.ordercenter.campaign.DeclaredOffers;
import dev.lantern.ordercenter.campaign.Draw;
import dev.lantern.ordercenter.campaign.DrawTable;
import dev.lantern.ordercenter.campaign.Offer;
import dev.lantern.ordercenter.campaign.Prize;
import dev.lantern.ordercenter.campaign.Reward;
import dev.lantern.ordercenter.campaign.Scene;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Options;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.simulation.kernel.LifeClock;
import dev.lantern.simulation.token.SimKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// The campaign that is played as the trees would tell it of a token's round: the child, the
/// reward, its fallback. [Campaign] makes requests of the same.
final class CopyOffers implements DeclaredOffers {
  private static final byte[] SECRET = new byte[32];
  private static final Instant OPENS = LifeClock.BEGIN;
  private static final Instant CLOSES = LifeClock.BEGIN.plus(Duration.ofDays(1));

  private final World world;

  CopyOffers(World world) {
    this.world = world;
  }

  @Override
  public Found offer(String childActivityId, RoundId round) {
    if (childActivityId.equals(Campaign.CHILD)) {
      boolean declared =
          round.sceneId().equals(SimKeys.SCENE)
              && (round.rainId() < world.plan.rounds() || round.rainId() == SimKeys.REVOKED_ROUND);
      return declared ? found(rain(round.rainId())) : new Found.Nothing();
    }
    return world.stages.campaigns().inEffect(Campaign.PARENT, OPENS)
            instanceof Known.InEffect(var index)
        ? index.offer(round, childActivityId).map(CopyOffers::found).orElseGet(Found.Nothing::new)
        : new Found.NotRead();
  }

  private static Found found(Offer offer) {
    return new Found.Offered(Campaign.PARENT, offer);
  }

  private Offer rain(int round) {
    AcceptRequest anybodys = world.campaign.request(1, round, 0, OPENS);
    Options options = anybodys.options();
    Optional<Outcome> instead = options.fallback();
    Fallback fallback =
        instead
            .<Fallback>map(other ->
                other.given() == AwardType.AWARD_TYPE_MESSAGE
                    ? new Fallback.Message(other.title())
                    : new Fallback.OtherReward(other.rewardId()))
            .orElseGet(Fallback.None::new);
    Scene scene =
        new Scene(
            SimKeys.SCENE,
            anybodys.orderNo().requested(),
            options.main().rewardId(),
            "bill",
            Fen.of(world.plan.mainFen()),
            Fen.ZERO,
            OptionalInt.empty(),
            new Compensation(options.thresholdPercent(), fallback, Compensation.Retry.STANDARD),
            Scene.Settlement.TOKEN,
            true,
            List.of());
    Prize main = prize(options.main());
    Optional<Prize> other =
        instead.filter(it -> fallback instanceof Fallback.OtherReward).map(CopyOffers::prize);
    Child child =
        new Child(
            Campaign.CHILD,
            Campaign.CHILD,
            Stage.STAGE_OFFICIAL,
            new Audience.Everyone(),
            OPENS,
            CLOSES,
            Stream.concat(Stream.of(main), other.stream()).map(Prize::reward).toList(),
            List.of());
    return new Offer(child, scene, OPENS, CLOSES, true, main, other);
  }

  private static Prize prize(Outcome outcome) {
    Optional<DrawTable> amount =
        Reward.isMoney(outcome.given())
            ? Optional.of(DrawTable.fixed(outcome.amount()))
            : Optional.empty();
    Reward.Gift gift =
        amount
            .<Reward.Gift>map(Reward.Gift.Money::new)
            .orElseGet(() -> new Reward.Gift.Item(outcome.delivery().orElseThrow().downstream()));
    Reward reward =
        new Reward(
            outcome.rewardId(),
            outcome.delivery().map(to -> to.templateId()).orElse(outcome.rewardId()),
            outcome.given(),
            Optional.of(outcome.budgetId()),
            outcome.title(),
            gift);
    return new Prize(reward, amount.map(table -> new Draw(table, SECRET)));
  }
}
