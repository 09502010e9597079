package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.ClientLog;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.stages.StageAudit;
import dev.lantern.proving.stages.StageCheck.Handed;
import dev.lantern.proving.stages.StageOracle;
import dev.lantern.proving.stages.StageRows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// A rain during which GREY becomes OFFICIAL, while the clocks of the instances that accept are
/// wrong by seconds; then every order is held against the oracle *resolve(round)*.
public final class StagesRain {
  private static final int INSIDERS = 5;

  private final StackAccess stack;
  private final Rain rain;
  private final List<Duration> clocks;

  /// A rain over instances whose clocks are that far ahead of the right time.
  public StagesRain(StackAccess stack, Rain rain, List<Duration> clocks) {
    this.stack = stack;
    this.rain = rain;
    this.clocks = List.copyOf(clocks);
  }

  /// Plays it. Throws IllegalStateException, with what to look at, when it cannot be begun.
  public StagesReport run(RainOptions options) {
    var plan = new AtomicReference<StagesPlan>();
    var begun = new AtomicReference<Instant>();
    var handed = new ArrayList<Handed>();
    RainReport report =
        rain.play(
            options,
            (runId, now, users) -> {
              StagesPlan made = plan(options, runId, now, users);
              plan.set(made);
              return made;
            },
            (users, recorder, waits) -> {
              begun.set(waits.wall().instant().minusNanos(waits.nanos().getAsLong()));
              try (var timed = new TimedScene(plan.get(), users, recorder, waits, stack)) {
                timed.play();
                handed.addAll(timed.handed());
              }
            });
    StageOracle oracle = StageOracle.of(plan.get().document());
    var audit = new StageAudit(stack, oracle, plan.get().runId(), handed);
    StageRows rows = audit.rows();
    Path folder = Rain.folder(stack, plan.get().runId());
    return StagesReport.of(
        report,
        plan.get(),
        clocks,
        rows,
        ClientLog.read(folder),
        begun.get(),
        audit.judge(rows),
        audit.reportsMovedOrder(rows));
  }

  /// Every second user is a guest, and all insiders are.
  private static StagesPlan plan(RainOptions options, String runId, Instant now, List<User> users) {
    List<Long> insiders = users.stream().limit(INSIDERS).map(User::actId).toList();
    List<Long> guests =
        users.stream()
            .filter(user -> user.number() % 2 == 0 || user.number() < INSIDERS)
            .map(User::actId)
            .toList();
    return StagesPlan.of(options, runId, now, insiders, guests);
  }
}
