package dev.lantern.proving.chaos;

import dev.lantern.proving.rain.Rain.RainListener;
import dev.lantern.proving.rain.RoundPlan;
import dev.lantern.proving.rain.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Does attacks while it rains, one after another: each in a round of its own, and none before all
/// is as it was before the last one.
final class Breaker implements RainListener {
  private final List<Attack> attacks;
  private final Waits waits;
  private volatile Thread thread = new Thread(() -> {});
  private volatile boolean over;

  Breaker(List<Attack> attacks, Waits waits) {
    this.attacks = List.copyOf(attacks);
    this.waits = waits;
  }

  @Override
  public void applied(List<RoundPlan> rounds) {
    thread = Thread.ofVirtual().name("breaker").start(() -> run(rounds));
  }

  @Override
  public void drained() {
    over = true;
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The first round is the insiders'.
  private void run(List<RoundPlan> rounds) {
    int next = 1;
    for (Attack attack : attacks) {
      while (next < rounds.size() && !waits.before(fault(rounds.get(next)))) {
        next++;
      }
      if (next == rounds.size()) {
        return;
      }
      RoundPlan round = rounds.get(next++);
      attack.run(round, fault(round), () -> over);
    }
  }

  private static Instant fault(RoundPlan round) {
    return round.opens().plus(round.window().dividedBy(5));
  }
}
