package dev.lantern.proving.counter;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.common.v1.Lane;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.counter.v1.CounterServiceGrpc.CounterServiceBlockingStub;
import dev.lantern.counter.v1.Drift;
import dev.lantern.counter.v1.GetHealthRequest;
import dev.lantern.counter.v1.GetRequest;
import dev.lantern.counter.v1.ListDriftsRequest;
import dev.lantern.counter.v1.ReadSource;
import dev.lantern.counter.v1.RedisStanding;
import dev.lantern.counter.v1.SetReadSourceRequest;
import dev.lantern.proving.chaos.FaultProxy;
import dev.lantern.proving.place.Operator;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The operator of a [CounterPlace]: turns the reading, by hand or by taking a Redis away, and
/// waits until both instances read the other one.
final class Turns implements AutoCloseable {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long DEADLINE_MS = 2_000;

  private final CounterPlace place;
  private final FaultProxy.Mode usual;
  private final List<Operator> operators = new ArrayList<>();
  private int byHand;
  private int byThemselves;

  /// @param usual how the ways to the Redis are when nothing is taken away
  Turns(CounterPlace place, FaultProxy.Mode usual) {
    this.place = place;
    this.usual = usual;
    for (int i = 0; i < CounterPlace.INSTANCES; i++) {
      operators.add(place.connect(i, "operator"));
    }
  }

  int byHand() {
    return byHand;
  }

  int byThemselves() {
    return byThemselves;
  }

  int all() {
    return byHand + byThemselves;
  }

  /// Waits until neither Redis lacks anything, as far as either instance knows.
  void awaitWhole() {
    await(
        "a Redis lacks something",
        () -> IntStream.range(0, CounterPlace.INSTANCES).allMatch(this::seesBothWhole));
  }

  private boolean seesBothWhole(int instance) {
    try {
      return stub(instance).getHealth(GetHealthRequest.getDefaultInstance()).getRedisList().stream()
          .allMatch(redis -> redis.getStanding() == RedisStanding.REDIS_STANDING_WHOLE);
    } catch (StatusRuntimeException away) {
      return false;
    }
  }

  /// Waits until both instances serve.
  void awaitServing() {
    await("the instances do not serve", () -> sources().size() == CounterPlace.INSTANCES);
  }

  /// Reads the other Redis, because an operator says so.
  void turnByHand() {
    String next = source().equals("A") ? "B" : "A";
    choose(next.equals("A") ? ReadSource.READ_SOURCE_A : ReadSource.READ_SOURCE_B);
    awaitSource(next);
    byHand++;
  }

  /// Leaves it to the instances, takes A away until both read B, and gives it back until both read
  /// A again: two switches. The way to the one that is wanted loses nothing meanwhile: an instance
  /// that misses an answer of both goes back and forth, as it should.
  void turnByThemselves() {
    choose(ReadSource.READ_SOURCE_AUTO);
    comeTo(Engine.REDIS_A, Engine.REDIS_B, usual);
    comeTo(Engine.REDIS_B, Engine.REDIS_A, new FaultProxy.Mode.Hole());
    comeTo(Engine.REDIS_A, Engine.REDIS_B, usual);
    place.way(Engine.REDIS_A, usual);
    byThemselves += 2;
  }

  private void comeTo(Engine wanted, Engine other, FaultProxy.Mode others) {
    place.way(wanted, new FaultProxy.Mode.Pass());
    place.way(other, others);
    awaitSource(wanted == Engine.REDIS_A ? "A" : "B");
  }

  /// The largest distance that anything of these counters has from what it should be, once there is
  /// none or the time is over.
  long driftAtRest() {
    List<Long> last = new ArrayList<>(List.of(Long.MAX_VALUE));
    try {
      await(
          "the two Redis do not become equal",
          () -> {
            drift().ifPresent(drift -> last.set(0, drift));
            return last.getFirst() == 0;
          });
    } catch (IllegalStateException differs) {
      // The caller tells by how much.
    }
    return last.getFirst();
  }

  /// What each instance tells of these counters once all of them have come to rest: the same over
  /// three polls.
  Map<String, List<Long>> valuesAtRest(List<String> counters) {
    List<Map<String, List<Long>>> seen = new ArrayList<>();
    await(
        counters + " do not come to rest",
        () -> {
          LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
          Map<String, List<Long>> now =
              counters.stream().collect(Collectors.toMap(Function.identity(), this::values));
          boolean told = now.values().stream().flatMap(List::stream).allMatch(value -> value >= 0);
          if (!told || (!seen.isEmpty() && !seen.getLast().equals(now))) {
            seen.clear();
          }
          seen.add(now);
          return told && seen.size() > 3;
        });
    return seen.getLast();
  }

  private List<Long> values(String counter) {
    return IntStream.range(0, CounterPlace.INSTANCES)
        .mapToObj(instance -> value(instance, counter))
        .toList();
  }

  @Override
  public void close() {
    operators.forEach(Operator::close);
  }

  private long value(int instance, String counter) {
    try {
      return stub(instance).get(GetRequest.newBuilder().setName(counter).build()).getValue();
    } catch (StatusRuntimeException refused) {
      return -1;
    }
  }

  private Optional<Long> drift() {
    try {
      return Optional.of(
          stub(0)
              .listDrifts(ListDriftsRequest.newBuilder().setLane(Lane.LANE_LIVE).build())
              .getDriftsList()
              .stream()
              .mapToLong(Drift::getDrift)
              .max()
              .orElse(0));
    } catch (StatusRuntimeException refused) {
      return Optional.empty();
    }
  }

  private String source() {
    await("the instances do not serve", () -> sources().size() == CounterPlace.INSTANCES);
    List<String> sources = sources();
    return sources.isEmpty() ? "A" : sources.getFirst();
  }

  private void choose(ReadSource source) {
    var request =
        SetReadSourceRequest.newBuilder()
            .setSource(source)
            .setRequestId("prove")
            .setReason("the proof of the counters")
            .build();
    await(
        "nobody takes a choice",
        () -> {
          try {
            return stub(all() % CounterPlace.INSTANCES).setReadSource(request).getAfter() == source;
          } catch (StatusRuntimeException lost) {
            return false;
          }
        });
  }

  private void awaitSource(String wanted) {
    await(
        "not every instance reads " + wanted,
        () -> {
          List<String> sources = sources();
          return sources.size() == CounterPlace.INSTANCES
              && sources.stream().allMatch(wanted::equals);
        });
  }

  /// What those that answer read.
  private List<String> sources() {
    return IntStream.range(0, CounterPlace.INSTANCES)
        .mapToObj(this::source)
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<String> source(int instance) {
    try {
      return Optional.of(
          stub(instance).getHealth(GetHealthRequest.getDefaultInstance()).getSource());
    } catch (StatusRuntimeException away) {
      return Optional.empty();
    }
  }

  private CounterServiceBlockingStub stub(int instance) {
    return CounterServiceGrpc.newBlockingStub(operators.get(instance).channel())
        .withDeadlineAfter(DEADLINE_MS, TimeUnit.MILLISECONDS);
  }

  private static void await(String otherwise, BooleanSupplier condition) {
    long end = System.nanoTime() + WITHIN.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException(otherwise + " after " + WITHIN.toSeconds() + " s");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
