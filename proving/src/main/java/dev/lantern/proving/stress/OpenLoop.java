package dev.lantern.proving.stress;

import dev.lantern.proving.clientlog.Call;
import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.ClientLog;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.rain.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Grabs by the clock, whatever became of those before: grab `i` is due at `i / rate`, and its
/// latency counts from there. A server that stalls is seen by all that were due meanwhile, not by
/// the few that a closed loop would have sent.
final class OpenLoop {
  /// More than can be out while the edge answers within its deadline.
  private static final int IN_FLIGHT = 4_000;

  private static final long SECOND_NS = 1_000_000_000L;

  private final TrialCampaign campaign;
  private final List<Session> sessions;
  private final Edge json;
  private final Edge grpc;
  private final ClientLog log;
  private final Waits waits;

  /// A user's session of the stress lane.
  record Session(long actId, String jwt) {}

  /// One grab: when it was due, and how long after that it ended.
  record Shot(int number, long latencyNs, Told told) {}

  /// @param unsent grabs that were not sent for want of room in the driver
  record Result(List<Shot> shots, int unsent, double seconds) {}

  OpenLoop(
      TrialCampaign campaign,
      List<Session> sessions,
      Edge json,
      Edge grpc,
      ClientLog log,
      Waits waits) {
    this.campaign = campaign;
    this.sessions = sessions;
    this.json = json;
    this.grpc = grpc;
    this.log = log;
    this.waits = waits;
  }

  Result run() {
    int calls = campaign.options().calls();
    var shots = new ArrayList<Shot>(calls);
    int unsent = 0;
    var room = new Semaphore(IN_FLIGHT);
    long begin = waits.nanos().getAsLong();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < calls; i++) {
        int number = i;
        long due = begin + i * SECOND_NS / campaign.options().rate();
        waits.sleep(Duration.ofNanos(due - waits.nanos().getAsLong()));
        if (!room.tryAcquire()) {
          unsent++;
          continue;
        }
        threads.execute(() -> {
          try {
            Told told = grab(number, Intent.FIRST);
            long latency = waits.nanos().getAsLong() - due;
            synchronized (shots) {
              shots.add(new Shot(number, latency, told));
            }
          } finally {
            room.release();
          }
        });
      }
    }
    double seconds = (waits.nanos().getAsLong() - begin) / (double) SECOND_NS;
    return new Result(List.copyOf(shots), unsent, seconds);
  }

  /// One grab, written down before anything follows from it.
  Told grab(int number, Intent intent) {
    int user = number % campaign.options().users();
    Session session = sessions.get(user);
    Edge edge = number % 2 == 0 ? json : grpc;
    String scene = campaign.scene(number / campaign.options().users());
    var grab =
        new Edge.Grab(campaign.runId(), scene, TrialCampaign.RAIN_ID, "t%d".formatted(number));
    long sent = waits.nanos().getAsLong();
    Told told = edge.grab(session.jwt(), grab);
    log.append(
        new ClientEntry(
            user,
            session.actId(),
            edge.protocol(),
            Call.GRAB,
            intent,
            sent,
            waits.nanos().getAsLong(),
            scene,
            TrialCampaign.RAIN_ID,
            "",
            told));
    return told;
  }
}
