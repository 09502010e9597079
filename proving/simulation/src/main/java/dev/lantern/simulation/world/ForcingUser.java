package dev.lantern.simulation.world;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.accounting.UserForcing;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.ledger.OrderEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Has users settled by call, as a withdrawal does, and holds the answer to its word: what was
/// acknowledged before is in the books then, or is named as outstanding.
final class ForcingUser {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final Duration DEADLINE = Duration.ofSeconds(6);

  private final World world;

  ForcingUser(World world) {
    this.world = world;
  }

  void run() {
    Dice dice = world.dice;
    while (world.isStorming()) {
      world.baton.sleep(dice.wait(SHORTEST, LONGEST));
      force(dice.between(1, world.plan.users()));
    }
  }

  private void force(long user) {
    List<OrderStory> told = moneyToldTo(user);
    ApiProcess api = world.anApi();
    Optional<UserForcing.Forced> forced =
        Rpc.call(
                world.baton,
                world.dice,
                api.life,
                api.life.name() + ".force",
                DEADLINE,
                () -> {
                  UserForcing.Forced[] answer = new UserForcing.Forced[1];
                  api.attempt("force", () -> answer[0] = api.more.forcing().settle(user, ""));
                  return Optional.ofNullable(answer[0]);
                })
            .flatMap(answer -> answer);
    forced.ifPresent(answer -> judge(told, answer));
  }

  /// But for what an operator may have ended.
  private List<OrderStory> moneyToldTo(long user) {
    return world.witness.stories().stream()
        .filter(story -> story.user == user && !story.mayBeEnded && story.leastTold() > 0)
        .toList();
  }

  private void judge(List<OrderStory> told, UserForcing.Forced answer) {
    Set<String> outstanding =
        answer.remaining().stream().map(UserForcing.Remaining::orderNo).collect(Collectors.toSet());
    for (OrderStory story : told) {
      boolean named = outstanding.contains(story.orderNo);
      if (!named && world.tables.order(story.orderNo) == null && !world.witness.lostSince(story)) {
        world.witness.broken("KEEP", story.orderNo + " is not settled, and nobody says so");
      }
    }
    for (UserForcing.Booked booked : answer.booked()) {
      OrderEntry order = world.tables.order(booked.orderNo());
      boolean open =
          order != null
              && (order.state() == OrderState.ORDER_STATE_PARKED
                  || order.state() == OrderState.ORDER_STATE_RETRYING);
      if (order == null || (open && booked.amountFen() > 0)) {
        world.witness.broken("SUM", booked.orderNo() + " is told to be booked, and is not");
      }
    }
  }
}
