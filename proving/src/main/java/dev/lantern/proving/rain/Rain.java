package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.ClientLog;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.edge.GrpcEdge;
import dev.lantern.proving.edge.JsonEdge;
import dev.lantern.proving.laws.Facts;
import dev.lantern.proving.laws.LawReport;
import dev.lantern.proving.laws.Laws;
import dev.lantern.proving.laws.StoreFacts;
import dev.lantern.proving.laws.StoreReader;
import dev.lantern.proving.place.Auditor;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.QueueLag;
import dev.lantern.proving.place.StackAccess;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// A rain from the campaign to the report: open sessions, apply a campaign of the run's own, play
/// the rounds, drain, and judge every law from the files and the ledger.
public final class Rain {
  private static final int INSIDERS = 5;
  private static final Duration BESIDE_WITHIN = Duration.ofMinutes(2);

  private final StackAccess stack;
  private final Progress progress;
  private final InstantSource wall;
  private final LongSupplier nanoTime;
  private final RandomGenerator unpredictable;

  /// @param nanoTime monotonic
  /// @param unpredictable for assertions' ids; everything else follows from the options' seed
  public Rain(
      StackAccess stack,
      Progress progress,
      InstantSource wall,
      LongSupplier nanoTime,
      RandomGenerator unpredictable) {
    this.stack = stack;
    this.progress = progress;
    this.wall = wall;
    this.nanoTime = nanoTime;
    this.unpredictable = unpredictable;
  }

  /// Plays it. Throws IllegalStateException, with what to look at, when it cannot be begun.
  public RainReport run(RainOptions options) {
    return run(options, RainListener.NONE);
  }

  /// The same, with somebody at hand who does things while it rains.
  public RainReport run(RainOptions options, RainListener listener) {
    return play(
        options,
        listener,
        (runId, now, users) ->
            CampaignPlan.of(
                options, runId, now, users.stream().limit(INSIDERS).map(User::actId).toList()),
        (_, _, _) -> {});
  }

  /// A rain by another plan, with something that goes on beside its users.
  RainReport play(RainOptions options, Planner planner, Beside beside) {
    return play(options, RainListener.NONE, planner, beside);
  }

  /// Makes the plan, once the users are known.
  interface Planner {
    Plan plan(String runId, Instant now, List<User> users);
  }

  /// What goes on while the users play; the rain drains after both.
  interface Beside {
    void play(List<User> users, Recorder recorder, Waits waits);
  }

  private RainReport play(
      RainOptions options, RainListener listener, Planner planner, Beside beside) {
    long begin = nanoTime.getAsLong();
    Waits waits = new Waits(wall, () -> nanoTime.getAsLong() - begin);
    Instant startedAt = wall.instant();
    String runId = "rain-" + Long.toString(startedAt.toEpochMilli(), 36);
    Path folder = stack.home().resolve("rain").resolve(runId);
    Auditor auditor = new Auditor(stack);
    var tally = new Tally();
    RunRecord run;
    Rest rest;
    try (ClientLog log = ClientLog.open(folder);
        Edge json = JsonEdge.connect(stack.edge().host(), stack.edge().port());
        Edge grpc = GrpcEdge.connect(stack.edge().host(), stack.edge().port());
        var lag = new QueueLag(stack, auditor);
        var _ = new Monitor(tally, lag, waits, progress)) {
      var recorder = new Recorder(log, tally, waits);
      var assertions = new Assertions(stack.demoApp(), wall, unpredictable);
      var crowd = new Crowd(options, json, grpc, recorder, assertions, waits);
      progress.phase("opening " + options.users() + " sessions");
      crowd.openSessions();
      Plan plan = planner.plan(runId, wall.instant(), crowd.users());
      run = plan.record(auditor.ledgerBirth(), startedAt);
      apply(plan);
      run.write(folder);
      progress.phase(
          "campaign "
              + runId
              + " applied; the first round opens in "
              + Pace.LEAD.toSeconds()
              + " s");
      listener.applied(plan.rounds());
      both(() -> crowd.play(plan, progress), () -> beside.play(crowd.users(), recorder, waits));
      progress.phase("draining");
      var drain = new Drain(stack, auditor, lag, waits, progress);
      rest = settle(drain, crowd, plan, run);
      listener.drained();
      crowd.lookAtEnd(plan, drain, auditor, rest.drained());
    }
    if (rest.drained()) {
      run = run.asDrained();
      run.write(folder);
    }
    progress.phase("checking the laws");
    return report(options, run, rest.queueEmpty(), folder, begin);
  }

  /// Returns when both have ended; what either throws passes.
  private static void both(Runnable here, Runnable beside) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> other = threads.submit(beside);
      here.run();
      other.get(BESIDE_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("what goes on beside the rain broke: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Rest settle(Drain drain, Crowd crowd, Plan plan, RunRecord run) {
    boolean empty = drain.awaitEmptyQueue();
    if (crowd.findOut(plan)) {
      empty = drain.awaitEmptyQueue();
    }
    boolean given = drain.awaitThings(plan.runId());
    return new Rest(empty, drain.closeLeases(run) && empty && given);
  }

  private record Rest(boolean queueEmpty, boolean drained) {}

  private void apply(Plan plan) {
    String document = plan.document();
    RuntimeException last = new IllegalStateException("no order-center api is known");
    for (StackAccess.Address address : stack.orderApis()) {
      try (Operator operator = Operator.at(address, stack.operator())) {
        operator.apply(document, plan.runId(), "a rain");
        return;
      } catch (StatusRuntimeException refused) {
        last = refused;
      }
    }
    throw new IllegalStateException(
        "the campaign was refused: " + last.getMessage() + Operator.problems(last), last);
  }

  private RainReport report(
      RainOptions options, RunRecord run, boolean queueEmpty, Path folder, long begin) {
    Auditor auditor = new Auditor(stack);
    var log = ClientLog.read(folder);
    var children =
        run.children().stream().map(RunRecord.Child::childId).collect(Collectors.toSet());
    StoreFacts stores =
        auditor.inSnapshot(
            connection -> new StoreReader(connection).read(run.activityId(), children));
    var facts = new Facts(Optional.of(run), log, stores, queueEmpty, run.drained());
    LawReport laws = Laws.check(facts);
    Duration took = Duration.ofNanos(nanoTime.getAsLong() - begin);
    return RainReport.of(options, facts, laws, auditor.bookedPerSecond(run.activityId()), took);
  }

  /// The folder of a run's logs.
  public static Path folder(StackAccess stack, String runId) {
    return stack.home().resolve("rain").resolve(runId);
  }

  /// Somebody who acts while it rains.
  public interface RainListener {
    RainListener NONE =
        new RainListener() {
          @Override
          public void applied(List<RoundPlan> rounds) {}

          @Override
          public void drained() {}
        };

    /// The campaign is in; the rounds will open when they say.
    void applied(List<RoundPlan> rounds);

    /// All users are done and the drain has ended, well or not.
    void drained();
  }
}
