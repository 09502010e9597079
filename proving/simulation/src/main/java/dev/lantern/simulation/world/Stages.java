package dev.lantern.simulation.world;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.campaign.Audience;
import dev.lantern.ordercenter.campaign.CampaignIndex;
import dev.lantern.ordercenter.campaign.Campaigns;
import dev.lantern.ordercenter.campaign.Child;
import dev.lantern.ordercenter.campaign.Compensation;
import dev.lantern.ordercenter.campaign.DrawTable;
import dev.lantern.ordercenter.campaign.Reward;
import dev.lantern.ordercenter.campaign.Scene;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.Options;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.simulation.kernel.LifeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A campaign of three stages, one after the other, with a scene that stands in each of them: what
/// production is told of it, and, from the same table and by nothing else, which stage an order of
/// an instant belongs to.
final class Stages {
  static final RoundId DAILY = new RoundId("daily", 0);
  private static final AwardType CASH = AwardType.AWARD_TYPE_CASH_RED_PACKET;
  private static final List<Stage> ALL =
      List.of(Stage.STAGE_INTERNAL, Stage.STAGE_GREY, Stage.STAGE_OFFICIAL);
  private static final byte[] SECRET = new byte[32];

  private final Plan plan;

  Stages(Plan plan) {
    this.plan = plan;
  }

  /// The stage that holds this instant; empty when the last is over.
  Optional<Stage> at(Instant openTime) {
    return ALL.stream()
        .filter(stage -> !openTime.isBefore(opens(stage)) && openTime.isBefore(closes(stage)))
        .findFirst();
  }

  static List<Stage> all() {
    return ALL;
  }

  static String child(Stage stage) {
    return "child-" + stage.getNumber();
  }

  /// The request that an ask must come to, by the table alone.
  AcceptRequest expected(long user, Stage stage, Instant openTime) {
    ActId actId = new ActId(user);
    return new AcceptRequest(
        dev.lantern.common.v1.Lane.LANE_LIVE,
        OrderNo.of(actId, DAILY, CASH, stage),
        Fingerprint.of(actId, child(stage), DAILY, CASH, Fen.ZERO),
        Campaign.PARENT,
        child(stage),
        1,
        Fen.ZERO,
        openTime,
        opens(stage),
        closes(stage),
        new Options(
            new Outcome(CASH, "main", Fen.of(plan.mainFen()), false, "Main", Campaign.MAIN),
            Optional.empty(),
            0),
        false,
        Optional.empty());
  }

  /// The same as production has it.
  Campaigns campaigns() {
    CampaignIndex index =
        new CampaignIndex(
            new dev.lantern.ordercenter.campaign.Campaign(
                Campaign.PARENT, "Spring", List.of(), ALL.stream().map(this::tree).toList()),
            1,
            SECRET);
    return (_, _) -> new Campaigns.Known.InEffect(index);
  }

  private Child tree(Stage stage) {
    Reward reward =
        new Reward(
            "main",
            "main",
            CASH,
            Optional.of(Campaign.MAIN),
            "Main",
            new Reward.Gift.Money(DrawTable.fixed(Fen.of(plan.mainFen()))));
    Scene scene =
        new Scene(
            DAILY.sceneId(),
            CASH,
            "main",
            "bill",
            Fen.of(plan.mainFen()),
            Fen.ZERO,
            OptionalInt.empty(),
            Compensation.NONE,
            Scene.Settlement.TOKEN,
            true,
            List.of());
    return new Child(
        child(stage),
        child(stage),
        stage,
        new Audience.Everyone(),
        opens(stage),
        closes(stage),
        List.of(reward),
        List.of(scene));
  }

  private Instant opens(Stage stage) {
    return LifeClock.BEGIN.plus(third().multipliedBy(ALL.indexOf(stage)));
  }

  private Instant closes(Stage stage) {
    return opens(stage).plus(third());
  }

  private Duration third() {
    return plan.storm().dividedBy(ALL.size());
  }
}
