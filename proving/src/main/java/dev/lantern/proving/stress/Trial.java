package dev.lantern.proving.stress;

import dev.lantern.common.v1.Lane;
import dev.lantern.proving.clientlog.ClientLog;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.edge.GrpcEdge;
import dev.lantern.proving.edge.JsonEdge;
import dev.lantern.proving.laws.Facts;
import dev.lantern.proving.laws.LawReport;
import dev.lantern.proving.laws.Laws;
import dev.lantern.proving.laws.StoreReader;
import dev.lantern.proving.place.Auditor;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.QueueLag;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Drain;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import dev.lantern.token.v1.IssueSessionRequest;
import dev.lantern.token.v1.TokenServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// One trial: sessions and a campaign of the stress lane, load by the clock, drain, the laws on the
/// lane's books, and whether the live lane is as it was.
///
/// The users of a trial are nobody: their sessions are issued to the driver, by the ids it names.
public final class Trial {
  private static final Duration LEAD = Duration.ofSeconds(12);
  private static final Duration TAIL = Duration.ofSeconds(30);
  private static final Duration OPEN_FOR = Duration.ofHours(1);
  private static final int SESSIONS_AT_ONCE = 16;
  private static final int DEADLINE_S = 5;
  private static final int FIND_OUT_TRIES = 20;
  private static final Duration FIND_OUT_EVERY = Duration.ofMillis(500);
  private static final Set<String> UNKNOWN = Set.of("UNAVAILABLE", "DEADLINE_EXCEEDED");
  private static final long LARGEST_ID = 1L << 53;

  private final StackAccess live;
  private final StackAccess stress;
  private final Progress progress;
  private final Waits waits;
  private final RandomGenerator random;

  /// @param random for users' ids
  public Trial(StackAccess live, Progress progress, Waits waits, RandomGenerator random) {
    this.live = live;
    this.stress = new StressPlace(live);
    this.progress = progress;
    this.waits = waits;
    this.random = random;
  }

  /// Runs it. The lane is open afterwards, for whoever wants to look; `lantern stress clean` ends
  /// it.
  public TrialReport run(TrialOptions options) {
    new StressLane(live, progress, waits, random).open(OPEN_FOR);
    var witness = new LiveWitness(live);
    LiveWitness.Seen before = witness.look();
    Instant startedAt = waits.wall().instant();
    String runId = "trial-" + Long.toString(startedAt.toEpochMilli(), 36);
    Path folder = live.home().resolve("stress").resolve(runId);
    Auditor auditor = new Auditor(stress);
    try (ClientLog log = ClientLog.open(folder);
        Edge json = JsonEdge.connect(live.edge().host(), live.edge().port());
        Edge grpc = GrpcEdge.connect(live.edge().host(), live.edge().port());
        var lag = new QueueLag(stress, auditor)) {
      progress.phase("issuing " + options.users() + " sessions of the stress lane");
      List<OpenLoop.Session> sessions = sessions(options.users());
      TrialCampaign campaign = campaign(runId, options);
      RunRecord run = campaign.record(auditor.ledgerBirth(), startedAt);
      apply(campaign);
      run.write(folder);
      progress.phase("campaign " + runId + " applied; grabs from " + campaign.opens());
      waits.until(campaign.opens().plusSeconds(1));
      var loop = new OpenLoop(campaign, sessions, json, grpc, log, waits);
      OpenLoop.Result load = loop.run();
      progress.phase("draining");
      findOut(loop, load);
      var drain = new Drain(stress, auditor, lag, waits, progress);
      boolean empty = drain.awaitEmptyQueue();
      boolean drained = drain.closeLeases(run) && empty;
      progress.phase("checking the laws and the live lane");
      RunRecord ended = drained ? run.asDrained() : run;
      ended.write(folder);
      LawReport laws = laws(ended, folder, auditor, empty);
      LiveWitness.Seen after = witness.look();
      return TrialReport.of(runId, load, drained, laws, before.changedIn(after), before.things());
    }
  }

  private TrialCampaign campaign(String runId, TrialOptions options) {
    Instant opens = waits.wall().instant().truncatedTo(ChronoUnit.SECONDS).plus(LEAD);
    Instant closes = opens.plusSeconds(options.seconds()).plus(TAIL);
    return new TrialCampaign(runId, options, opens, closes);
  }

  private void apply(TrialCampaign campaign) {
    try (Operator driver = Operator.at(stress.orderApis().getFirst(), stress.operator())) {
      var _ = driver.apply(campaign.yaml(), campaign.runId(), "a trial");
    } catch (StatusRuntimeException refused) {
      throw new IllegalStateException(
          "the trial's campaign was refused: " + refused.getStatus() + Operator.problems(refused),
          refused);
    }
  }

  private List<OpenLoop.Session> sessions(int users) {
    var room = new Semaphore(SESSIONS_AT_ONCE);
    try (Operator driver = Operator.at(stress.tokenService(), stress.operator(), "token-service");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var issued = new ArrayList<Future<OpenLoop.Session>>();
      for (int i = 0; i < users; i++) {
        long actId = random.nextLong(1, LARGEST_ID);
        issued.add(
            threads.submit(() -> {
              room.acquire();
              try {
                return session(driver, actId);
              } finally {
                room.release();
              }
            }));
      }
      var sessions = new ArrayList<OpenLoop.Session>();
      for (Future<OpenLoop.Session> one : issued) {
        sessions.add(one.get());
      }
      return sessions;
    } catch (ExecutionException e) {
      throw new IllegalStateException("no session of the stress lane: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private OpenLoop.Session session(Operator driver, long actId) {
    String jwt =
        TokenServiceGrpc.newBlockingStub(driver.channel())
            .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
            .issueSession(
                IssueSessionRequest.newBuilder()
                    .setActId(actId)
                    .setAppId(live.demoApp().appId())
                    .setLane(Lane.LANE_STRESS)
                    .build())
            .getSession();
    return new OpenLoop.Session(actId, jwt);
  }

  /// Of a grab whose answer was lost, or said that nothing is known, nobody can tell what became of
  /// it; asking again does.
  private void findOut(OpenLoop loop, OpenLoop.Result load) {
    for (OpenLoop.Shot shot : load.shots()) {
      Told told = shot.told();
      for (int i = 0; i < FIND_OUT_TRIES && unsure(told); i++) {
        waits.sleep(FIND_OUT_EVERY);
        told = loop.grab(shot.number(), Intent.FIND_OUT);
      }
    }
  }

  private static boolean unsure(Told told) {
    return told instanceof Told.Lost
        || (told instanceof Told.Refused refused && UNKNOWN.contains(refused.code()));
  }

  private LawReport laws(RunRecord run, Path folder, Auditor auditor, boolean queueEmpty) {
    var log = ClientLog.read(folder);
    var stores =
        auditor.inSnapshot(connection ->
            new StoreReader(connection, stress.orderSchema())
                .read(run.activityId(), Set.of(run.children().getFirst().childId())));
    return Laws.check(new Facts(Optional.of(run), log, stores, queueEmpty, run.drained()));
  }
}
