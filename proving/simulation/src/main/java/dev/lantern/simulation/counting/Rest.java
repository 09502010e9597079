package dev.lantern.simulation.counting;

import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.repair.Drift;
import dev.lantern.counterservice.repair.Drifts;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import java.util.ArrayList;
import java.util.List;

/// The end of a run: whether both Redis hold what was counted, everybody is told so, and operators
/// find no drift.
final class Rest {
  private static final int PAGE = 100;

  private final CountLaw law;
  private final Cast cast;
  private final Drifts drifts;

  Rest(CountLaw law, Cast cast, CounterRedis a, CounterRedis b) {
    this.law = law;
    this.cast = cast;
    this.drifts =
        new Drifts(new Replicas(new WatchedReplica(Source.A, a), new WatchedReplica(Source.B, b)));
  }

  /// What has not come to rest yet.
  List<String> left() {
    List<String> left = new ArrayList<>();
    for (String counter : CountLaw.COUNTERS) {
      if (!law.isAtRest(counter)) {
        left.add(law.standing(counter));
      } else if (!isTold(counter, law.end(counter))) {
        left.add(counter + " is not told to everybody");
      }
    }
    long choices =
        cast.all(CountInstance.class).stream().map(CountInstance::chosen).distinct().count();
    if (choices > 1) {
      left.add("instances read by unlike choices");
    }
    return left;
  }

  private boolean isTold(String counter, long value) {
    return value == 0
        || (cast.all(CountInstance.class).stream().allMatch(it -> it.tells(counter, value))
            && cast.all(ReaderProcess.class).stream().allMatch(it -> it.tells(counter, value)));
  }

  /// Everything has come to rest.
  void check() {
    for (Drift drift : drifts.after(CountLaw.LANE, "", PAGE)) {
      if (drift.drift() != 0) {
        law.broken("drifts at rest: " + drift);
      }
    }
  }
}
