package dev.lantern.simulation.counting;

import dev.lantern.counter.v1.GetRequest;
import dev.lantern.counter.v1.GetResponse;
import dev.lantern.counter.v1.WriterTotal;
import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.ReadSwitch;
import dev.lantern.counterservice.counter.Reading;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.read.AbsentCounters;
import dev.lantern.counterservice.read.CounterBoard;
import dev.lantern.counterservice.read.CounterReader;
import dev.lantern.counterservice.read.CounterReader.ReadBounds;
import dev.lantern.counterservice.read.Found;
import dev.lantern.counterservice.read.PollSignal;
import dev.lantern.counterservice.read.Poller;
import dev.lantern.counterservice.read.Watchers;
import dev.lantern.counterservice.repair.Repairer;
import dev.lantern.counterservice.replica.CounterReplica.Limits;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import dev.lantern.counterservice.write.Added;
import dev.lantern.counterservice.write.Adder;
import dev.lantern.simulation.kernel.Life;
import io.grpc.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// An instance of counter-service, wired as in production.
final class CountInstance extends CountProcess implements CounterCalls {
  private static final Limits WIDE = new Limits(10, 10_000);
  private static final ReadBounds BOUNDS = new ReadBounds(2, 2);
  private static final int MOST_ABSENT = 10;

  private final InstanceParts parts;
  private final Replicas replicas;
  private final Adder adder;
  private final Runnable repair;
  private final InstantSource wall = () -> clock.now().wall();
  private CounterBoard board = emptyBoard();
  private Poller poller;
  private CounterReader reader;

  CountInstance(CountWorld world, Life life) {
    super(world, life);
    parts = world.instanceParts(life);
    replicas =
        new Replicas(new WatchedReplica(Source.A, parts.a), new WatchedReplica(Source.B, parts.b));
    adder = new Adder(replicas, WIDE, new SideBySide(world.baton, life));
    Repairer repairer = new Repairer(replicas, List.of(CountLaw.LANE), CountPlan.SWEEP, wall);
    repair = parts.repair.apply(replicas, repairer);
    poller = poller(ReadSwitch.home(CountPlan.LEAVE_AFTER, CountPlan.RETURN_AFTER));
    reader = reader();
  }

  @Override
  void start() {
    every(CountPlan.REPAIR, "repair", repair);
    every(CountPlan.POLL, "poll", this::poll);
  }

  private void poll() {
    Source before = poller.source();
    poller.round();
    if (poller.source() != before) {
      parts.afterSwitch.accept(this);
    }
  }

  /// It knows nothing of what it read, but where it reads.
  void forgetReadings() {
    board = emptyBoard();
    poller =
        poller(new ReadSwitch(poller.source(), 0, CountPlan.LEAVE_AFTER, CountPlan.RETURN_AFTER));
    reader = reader();
  }

  @Override
  public int add(List<WriterTotal> totals) {
    List<SlotTotal> slots =
        totals.stream()
            .map(total ->
                SlotTotal.of(
                        CountLaw.key(total.getName()),
                        total.getWriter(),
                        total.getEpoch(),
                        total.getTotal())
                    .sampledAt(total.getSampledMicros()))
            .toList();
    return switch (adder.add(slots)) {
      case Added.By by -> by.replicas();
      case Added.Nowhere _ -> throw Status.UNAVAILABLE.asRuntimeException();
      case Added.Refused refused -> throw new IllegalStateException("refused: " + refused);
    };
  }

  /// Who would wait for a value to come up is refused at once here, and asks again.
  @Override
  public GetResponse get(GetRequest request) {
    CounterKey counter = CountLaw.key(request.getName());
    long atLeast = parts.atLeast.applyAsLong(request.getAtLeast());
    return switch (reader.get(counter, atLeast, Duration.ZERO)) {
      case Found.Value found -> answer(request.getName(), found.reading());
      case Found.Nothing _ -> throw Status.NOT_FOUND.asRuntimeException();
      case Found.Unreachable _, Found.Behind _ -> throw Status.UNAVAILABLE.asRuntimeException();
      case Found.Crowded _ -> throw Status.RESOURCE_EXHAUSTED.asRuntimeException();
    };
  }

  @Override
  public int choose(Choice.Kind kind) {
    return poller.choose(kind);
  }

  Choice.Kind chosen() {
    return poller.chosen();
  }

  /// What whoever reads here right now is told.
  void look() {
    for (String counter : CountLaw.COUNTERS) {
      board
          .find(CountLaw.key(counter))
          .ifPresent(reading -> {
            var _ = answer(counter, reading);
          });
    }
  }

  /// Whether everybody who reads here is told this at least.
  boolean tells(String counter, long value) {
    return board.find(CountLaw.key(counter)).filter(it -> it.value() >= value).isPresent();
  }

  private GetResponse answer(String counter, Reading reading) {
    long moved = parts.shown.of(board, CountLaw.key(counter), wall.instant());
    long shown = Math.max(reading.value(), moved);
    world.law.told(life.name(), counter, reading.value(), shown);
    return GetResponse.newBuilder()
        .setValue(reading.value())
        .setShownValue(shown)
        .setSource(reading.source().name())
        .setRise(reading.told().pace().rise())
        .setRiseChange(reading.told().pace().change())
        .build();
  }

  private static CounterBoard emptyBoard() {
    return new CounterBoard(CountPlan.POLL.multipliedBy(2));
  }

  private Poller poller(ReadSwitch from) {
    Watchers watchers = new Watchers(board, wall, 1);
    var _ = watchers.add(Set.of(CountLaw.key(CountLaw.OPENED)), new Stream());
    return new Poller(replicas, board, new PollSignal(), wall, from, watchers);
  }

  private CounterReader reader() {
    return new CounterReader(
        replicas,
        board,
        new PollSignal(),
        new AbsentCounters(MOST_ABSENT, CountPlan.POLL),
        wall,
        BOUNDS);
  }

  /// One who watches this instance.
  private final class Stream implements Watchers.Listener {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public boolean isGone() {
      return life.isOver();
    }

    @Override
    public void tell(List<Watchers.Risen> risen) {
      for (Watchers.Risen one : risen) {
        world.law.told(
            life.name() + "/watch", one.counter().name(), one.reading().value(), one.shown());
      }
    }
  }
}
