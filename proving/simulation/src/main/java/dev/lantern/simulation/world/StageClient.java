package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.AcceptResult;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Ask;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Refusal;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.Life;
import dev.lantern.simulation.kernel.LifeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A user of a scene that stands in every stage: asks now and then, by the time of their own clock,
/// and again by the same time until there is an answer. Instances resolve it by clocks of theirs.
final class StageClient {
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int REPEATS = 3;

  private final World world;
  private final long user;

  StageClient(World world, long user) {
    this.world = world;
    this.user = user;
  }

  static void startAll(World world, Life users) {
    for (long user = 1; user <= world.plan.users(); user++) {
      world.baton.start(users, "stage-user-" + user, new StageClient(world, user)::run);
    }
  }

  void run() {
    Dice dice = world.dice;
    while (world.isStorming()) {
      world.baton.sleep(dice.wait(SHORTEST, LONGEST));
      Instant openTime = LifeClock.BEGIN.plusNanos(world.baton.now());
      for (int repeat = dice.between(1, REPEATS); repeat > 0 && world.isStorming(); repeat--) {
        world.stages.at(openTime).ifPresent(stage -> ask(stage, openTime));
        world.baton.sleep(dice.wait(SHORTEST, LONGEST));
      }
    }
  }

  private void ask(Stage stage, Instant openTime) {
    AcceptRequest expected = world.stages.expected(user, stage, openTime);
    Witness.Asked asked = world.witness.asks(expected);
    Ask ask =
        new Ask(
            Lane.LANE_LIVE,
            new ActId(user),
            1,
            Campaign.PARENT,
            Stages.DAILY,
            Optional.of(AwardType.AWARD_TYPE_CASH_RED_PACKET),
            Fen.ZERO,
            Optional.of(openTime));
    ApiProcess api = world.anApi();
    AcceptResult told =
        Rpc.call(
                world.baton,
                world.dice,
                api.life,
                api.life.name() + ".issue",
                DEADLINE,
                () -> api.more.issue(ask))
            .orElseGet(() ->
                new AcceptResult.Refused(Refusal.of(Reason.REASON_DEPENDENCY_DOWN, "no answer")));
    world.apart.told(expected, told);
    world.witness.told(asked, told);
  }
}
