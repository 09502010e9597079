package dev.lantern.simulation.world;

import dev.lantern.ordercenter.order.AcceptBatch;
import dev.lantern.ordercenter.order.AcceptBatch.Asked;
import dev.lantern.ordercenter.order.AcceptBatch.Way;
import dev.lantern.simulation.kernel.Actor;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Dice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a batch of the calls of one process that come within moments, as
/// [dev.lantern.ordercenter.order.Together] does: who comes first takes the steps for all.
final class Gathering {
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofMillis(200);

  private final Baton baton;
  private final Dice dice;
  private final AcceptBatch batch;
  private List<Waiting> waiting = new ArrayList<>();

  Gathering(Baton baton, Dice dice, AcceptBatch batch) {
    this.baton = baton;
    this.dice = dice;
    this.batch = batch;
  }

  private static final class Waiting {
    final Asked asked;
    final Actor actor;
    @Nullable Way way;

    Waiting(Asked asked, Actor actor) {
      this.asked = asked;
      this.actor = actor;
    }
  }

  Way one(Asked asked) {
    var mine = new Waiting(asked, baton.current());
    if (waiting.size() == AcceptBatch.LARGEST) {
      waiting = new ArrayList<>();
    }
    List<Waiting> together = waiting;
    together.add(mine);
    if (together.size() == 1) {
      baton.sleep(dice.wait(LEAST, MOST));
      pass(together);
    } else {
      baton.sleepUntilWoken();
    }
    Way way = mine.way;
    if (way == null) {
      throw new IllegalStateException("nobody took the steps for " + asked.request().orderNo());
    }
    return way;
  }

  private void pass(List<Waiting> together) {
    if (waiting == together) {
      waiting = new ArrayList<>();
    }
    List<Way> ways = batch.accept(together.stream().map(one -> one.asked).toList());
    for (int i = 0; i < together.size(); i++) {
      Waiting one = together.get(i);
      one.way = ways.get(i);
      if (i > 0) {
        baton.wake(one.actor, baton.now());
      }
    }
  }
}
