package dev.lantern.simulation.world;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.Life;
import dev.lantern.simulation.token.Forgery;
import dev.lantern.simulation.token.SimKeys;
import dev.lantern.simulation.world.ClientCopies.Copy;
import dev.lantern.simulation.world.CopyLaw.Handed;
import dev.lantern.token.v1.RedPacketToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One user's client that hands in what it keeps, again and again until it need not keep it, some
/// of it twice or to two instances at once, and now and then something that nothing is owed for.
final class CopyHolder {
  /// What a forged copy would like to be owed: nobody is ever promised that.
  static final long FORGED_FEN = 7_777;

  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(9);
  private static final int MOST = 4;

  private final World world;
  private final long user;
  private final CopyLaw law;
  private final Life life = new Life("copies");

  CopyHolder(World world, long user) {
    this.world = world;
    this.user = user;
    this.law = new CopyLaw(world);
  }

  void start() {
    world.baton.start(life, "copies-" + user, this::run);
  }

  private void run() {
    Dice dice = world.dice;
    world.baton.sleep(world.copies.comesAfter(user));
    while (true) {
      Duration most = world.isStorming() ? LONGEST : Duration.ofSeconds(1);
      world.baton.sleep(dice.wait(SHORTEST, most));
      List<Handed> handed = choose();
      if (handed.isEmpty()) {
        continue;
      }
      if (dice.chance(0.2)) {
        world.baton.start(
            life,
            "copies-" + user + "-again",
            () -> {
              var _ = law.handIn(user, handed);
            });
      }
      var _ = law.handIn(user, handed);
    }
  }

  /// In the storm anything, what is done with as well; after it what is not.
  private List<Handed> choose() {
    Dice dice = world.dice;
    List<Copy> mine = world.copies.of(user);
    List<Copy> open = mine.stream().filter(copy -> !copy.done).toList();
    List<Handed> handed = new ArrayList<>();
    if (world.isStorming() && !mine.isEmpty() && dice.chance(0.3)) {
      handed.add(new Handed.Good(dice.oneOf(mine)));
      handed.add(bad(dice.oneOf(mine)));
    }
    for (int i = 0; i < MOST && !open.isEmpty(); i++) {
      handed.add(new Handed.Good(dice.oneOf(open)));
    }
    return handed;
  }

  private Handed bad(Copy one) {
    List<Copy> others =
        world.copies.all().stream().filter(copy -> copy.story.user != user).toList();
    if (!others.isEmpty() && world.dice.chance(0.3)) {
      return new Handed.Bad(world.dice.oneOf(others).token, "WRONG_USER");
    }
    return forged(one, world.dice.oneOf(List.of(Forgery.values())));
  }

  static Handed forged(Copy one, Forgery how) {
    RedPacketToken good = one.payload();
    int round = how == Forgery.REVOKED_EPOCH ? SimKeys.REVOKED_ROUND : good.getRainId();
    RedPacketToken wanted =
        good.toBuilder()
            .setAmount(FORGED_FEN)
            .setRequestedAmount(FORGED_FEN)
            .setFallback(false)
            .setSceneId(SimKeys.SCENE)
            .setActivityId(Campaign.CHILD)
            .setRainId(round)
            .setOutTradeNo(
                OrderNo.of(
                        new ActId(good.getActId()),
                        new RoundId(SimKeys.SCENE, round),
                        AwardType.AWARD_TYPE_CASH_RED_PACKET,
                        Stage.STAGE_OFFICIAL)
                    .text())
            .build();
    return new Handed.Bad(how.of(one.token, wanted), how.problem());
  }
}
