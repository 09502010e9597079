package dev.lantern.counterservice;

import com.google.protobuf.Duration;
import dev.lantern.counter.v1.GetHealthResponse;
import dev.lantern.counter.v1.ListDriftsResponse;
import dev.lantern.counter.v1.RedisHealth;
import dev.lantern.counter.v1.SetReadSourceResponse;
import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.read.CounterBoard;
import dev.lantern.counterservice.read.Poller;
import dev.lantern.counterservice.read.Watchers;
import dev.lantern.counterservice.repair.Drift;
import dev.lantern.counterservice.repair.Drifts;
import dev.lantern.counterservice.repair.Repairer;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import java.time.Instant;
import java.util.List;

/// What operators see and turn.
record Operations(
    Replicas replicas,
    Poller poller,
    Repairer repairer,
    CounterBoard board,
    Watchers watchers,
    Drifts drifts) {

  private static final int PAGE = 100;

  /// Chooses the Redis that is read; the answer says how many of the two keep that.
  SetReadSourceResponse choose(Choice.Kind kind, String said) {
    Choice.Kind before = poller.chosen();
    int kept = poller.choose(kind, said);
    return SetReadSourceResponse.newBuilder()
        .setBefore(CounterMessages.proto(before))
        .setAfter(CounterMessages.proto(poller.chosen()))
        .setReplicasCount(kept)
        .build();
  }

  GetHealthResponse health() {
    var age = poller.age();
    var health =
        GetHealthResponse.newBuilder()
            .setSource(poller.source().name())
            .setChosen(CounterMessages.proto(poller.chosen()))
            .setCountersCount(board.counters().size())
            .setWatchersCount(watchers.count())
            .setPollAge(Duration.newBuilder().setSeconds(age.getSeconds()).setNanos(age.getNano()))
            .setRepairedSlotsCount(repairer.repaired());
    Choice choice = poller.choice();
    if (choice.revision() > 0) {
      health
          .setChosenTime(CounterMessages.proto(Instant.ofEpochMilli(choice.revision())))
          .setChosenBy(choice.said());
    }
    for (WatchedReplica replica : replicas.both()) {
      health.addRedis(
          RedisHealth.newBuilder()
              .setRedis(replica.source().name())
              .setStanding(CounterMessages.proto(replica.standing())));
    }
    return health.build();
  }

  /// Throws ReplicaUnavailableException while a Redis does not answer.
  ListDriftsResponse drifts(int lane, String after, int size) {
    int page = size == 0 ? PAGE : size;
    List<Drift> found = drifts.after(lane, after, page);
    var response = ListDriftsResponse.newBuilder();
    found.forEach(drift -> response.addDrifts(CounterMessages.proto(drift)));
    if (found.size() == page) {
      response.setNextPageToken(found.getLast().name());
    }
    return response.build();
  }
}
