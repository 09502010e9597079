package dev.lantern.simulation.world;

import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.AcceptResult;
import dev.lantern.ordercenter.order.Refusal;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.LifeClock;
import java.time.Duration;
import java.util.Optional;

/// One client of a user: asks for the reward of a round until it is told something final, and now
/// and then once more; asks whether the order exists.
final class Client {
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(30);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);
  private static final int REPEATS = 3;

  private final World world;
  private final long user;
  private final int round;
  private final long amount;

  Client(World world, long user, int round, long amount) {
    this.world = world;
    this.user = user;
    this.round = round;
    this.amount = amount;
  }

  void run() {
    Dice dice = world.dice;
    world.baton.sleep(world.campaign.opens(round).plus(dice.wait(Duration.ZERO, LONGEST_WAIT)));
    int repeats = dice.between(0, REPEATS);
    while (world.baton.now() < world.plan.storm().toNanos() && repeats >= 0) {
      AcceptResult told = ask();
      if (!mayBeAskedAgain(told)) {
        repeats--;
      }
      if (dice.chance(0.3)) {
        askWhetherItExists();
      }
      world.baton.sleep(dice.wait(SHORTEST_WAIT, world.aim.longestWait(LONGEST_WAIT)));
    }
  }

  private AcceptResult ask() {
    AcceptRequest request = request();
    Witness.Asked asked = world.witness.asks(request);
    ApiProcess api = world.anApi();
    AcceptResult told =
        Rpc.call(
                world.baton,
                world.dice,
                api.life,
                api.life.name() + ".call",
                DEADLINE,
                () -> api.accept(request))
            .orElseGet(() ->
                new AcceptResult.Refused(Refusal.of(Reason.REASON_DEPENDENCY_DOWN, "no answer")));
    world.witness.told(asked, told);
    return told;
  }

  private void askWhetherItExists() {
    AcceptRequest request = request();
    boolean acknowledged = world.witness.isAcknowledged(request.orderNo());
    ApiProcess api = world.anApi();
    Optional<Boolean> exists =
        Rpc.call(
            world.baton,
            world.dice,
            api.life,
            api.life.name() + ".get",
            DEADLINE,
            () -> {
              boolean[] found = {true};
              api.attempt("get", () -> found[0] = api.exists(request.orderNo()));
              return found[0];
            });
    if (acknowledged
        && exists.isPresent()
        && !exists.get()
        && !world.witness.mayBeGone(request.orderNo())) {
      world.witness.broken("KEEP", request.orderNo() + " is acknowledged, and NOT_FOUND");
    }
  }

  private AcceptRequest request() {
    return world.campaign.request(
        user, round, amount, LifeClock.BEGIN.plusNanos(world.baton.now()));
  }

  private static boolean mayBeAskedAgain(AcceptResult told) {
    return told instanceof AcceptResult.Refused;
  }
}
