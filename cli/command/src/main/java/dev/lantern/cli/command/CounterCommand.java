package dev.lantern.cli.command;

import dev.lantern.common.v1.Lane;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.counter.v1.CounterServiceGrpc.CounterServiceBlockingStub;
import dev.lantern.counter.v1.Drift;
import dev.lantern.counter.v1.GetHealthRequest;
import dev.lantern.counter.v1.GetHealthResponse;
import dev.lantern.counter.v1.GetRequest;
import dev.lantern.counter.v1.GetResponse;
import dev.lantern.counter.v1.ListDriftsRequest;
import dev.lantern.counter.v1.ListDriftsResponse;
import dev.lantern.counter.v1.ReadSource;
import dev.lantern.counter.v1.RedisHealth;
import dev.lantern.counter.v1.SetReadSourceRequest;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lantern counter`.
@Command(
    name = "counter",
    description = "The hot counters: what they say, how their two Redis stand, which one is read.",
    subcommands = {CounterProveCommand.class, CounterRampCommand.class},
    mixinStandardHelpOptions = true)
final class CounterCommand {
  private static final long DEADLINE_S = 5;

  private final Place place;

  CounterCommand(Place place) {
    this.place = place;
  }

  /// What may be read.
  enum Source {
    AUTO,
    A,
    B
  }

  @Command(name = "get", description = "Show one counter.", mixinStandardHelpOptions = true)
  int get(
      @Parameters(index = "0", paramLabel = "NAME", description = "Such as spring-demo.opened.")
          String name,
      @Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toCounterService(place)) {
      GetResponse response = counters(operator).get(GetRequest.newBuilder().setName(name).build());
      place
          .out()
          .println(
              json
                  ? Printed.json(response)
                  : String.format(
                      Locale.ROOT,
                      "%s: %,d, shown %,d; from Redis %s at %s",
                      name,
                      response.getValue(),
                      response.getShownValue(),
                      response.getSource(),
                      Printed.time(response.getAsOfTime())));
      return ExitCode.OK;
    }
  }

  @Command(
      name = "health",
      description = "How both Redis stand and which one is read.",
      mixinStandardHelpOptions = true)
  int health(@Option(names = "--json") boolean json) {
    try (var operator = OperatorChannel.toCounterService(place)) {
      GetHealthResponse health =
          counters(operator).getHealth(GetHealthRequest.getDefaultInstance());
      if (json) {
        place.out().println(Printed.json(health));
      } else {
        for (RedisHealth redis : health.getRedisList()) {
          place.out().printf("Redis %s  %s%n", redis.getRedis(), spoken(redis.getStanding()));
        }
        place
            .out()
            .printf(
                "read: %s (chosen: %s); %d counters, %d watchers; %d slots repaired%n",
                health.getSource(),
                spoken(health.getChosen()),
                health.getCountersCount(),
                health.getWatchersCount(),
                health.getRepairedSlotsCount());
        if (health.hasChosenTime()) {
          place
              .out()
              .printf(
                  "chosen %s by %s%n", Printed.time(health.getChosenTime()), health.getChosenBy());
        }
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "source",
      description = {
        "Choose the Redis that is read: a, b, or auto for the switch's own choice.",
        "Every instance follows after its next poll. It is left while it does not answer."
      },
      mixinStandardHelpOptions = true)
  int source(
      @Parameters(index = "0", paramLabel = "SOURCE", description = "auto, a or b.") Source source,
      @Mixin Signature signature,
      @Option(names = "--json") boolean json) {
    var request =
        SetReadSourceRequest.newBuilder()
            .setSource(
                switch (source) {
                  case AUTO -> ReadSource.READ_SOURCE_AUTO;
                  case A -> ReadSource.READ_SOURCE_A;
                  case B -> ReadSource.READ_SOURCE_B;
                })
            .setRequestId(UUID.randomUUID().toString())
            .setReason(signature.author() + ": " + signature.reason());
    try (var operator = OperatorChannel.toCounterService(place)) {
      var response = counters(operator).setReadSource(request.build());
      place
          .out()
          .println(
              json
                  ? Printed.json(response)
                  : "chosen: %s, before: %s; kept by %d Redis"
                      .formatted(
                          spoken(response.getAfter()),
                          spoken(response.getBefore()),
                          response.getReplicasCount()));
      return ExitCode.OK;
    }
  }

  @Command(
      name = "drift",
      description = {
        "What each counter is in both Redis, and by how much they differ.",
        "Exit code 1 if any differs: at rest none may; while it is written, by what is under way."
      },
      mixinStandardHelpOptions = true)
  int drift(
      @Option(names = "--stress", description = "The trials' counters.") boolean stress,
      @Option(names = "--json") boolean json) {
    var all = ListDriftsResponse.newBuilder();
    var request =
        ListDriftsRequest.newBuilder().setLane(stress ? Lane.LANE_STRESS : Lane.LANE_LIVE);
    try (var operator = OperatorChannel.toCounterService(place)) {
      do {
        ListDriftsResponse page = counters(operator).listDrifts(request.build());
        all.addAllDrifts(page.getDriftsList());
        request.setPageToken(page.getNextPageToken());
      } while (!request.getPageToken().isEmpty());
    }
    if (json) {
      place.out().println(Printed.json(all.build()));
    } else {
      all.getDriftsList().forEach(this::print);
    }
    return all.getDriftsList().stream().allMatch(drift -> drift.getDrift() == 0)
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private void print(Drift drift) {
    place
        .out()
        .printf(
            Locale.ROOT,
            "%-40s due %,d  A %,d  B %,d  drift %,d%n",
            drift.getName(),
            drift.getDue(),
            drift.getSumA(),
            drift.getSumB(),
            drift.getDrift());
  }

  private static CounterServiceBlockingStub counters(OperatorChannel operator) {
    return CounterServiceGrpc.newBlockingStub(operator.channel())
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }

  /// The last word of an enum's name.
  private static String spoken(Enum<?> value) {
    String name = value.name();
    return name.substring(name.lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
  }
}
