package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.Call;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Protocol;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.edge.Issuer;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Recorder.About;
import dev.lantern.proving.stages.StageCheck.Handed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;

/// An upstream that issues rewards of the scene without rounds, around the change-over: within
/// [#AROUND] before it one to each guest of GREY, within as long after it one to every user. The
/// open time is the upstream's, to the microsecond, some of them at the very border. Each call goes
/// to another instance, a retry, which repeats the open time, to the next: so both sides of the
/// border are judged by clocks that are fast, right and slow. Afterwards half of what GREY gave is
/// asked for again.
final class TimedScene implements AutoCloseable {
  static final Duration AROUND = Duration.ofSeconds(3);
  private static final int APP = 1;
  private static final int TRIES = 12;

  private final StagesPlan plan;
  private final List<User> users;
  private final Recorder recorder;
  private final Waits waits;
  private final List<Issuer> instances;
  private final Queue<Handed> handed = new ConcurrentLinkedQueue<>();

  TimedScene(StagesPlan plan, List<User> users, Recorder recorder, Waits waits, StackAccess stack) {
    this.plan = plan;
    this.users = users;
    this.recorder = recorder;
    this.waits = waits;
    this.instances = stack.orderApis().stream().map(at -> Issuer.at(at, stack.operator())).toList();
  }

  /// Plays it; returns when all is answered.
  void play() {
    Crowd.each(users, this::play);
  }

  /// What was handed out, call by call.
  List<Handed> handed() {
    return List.copyOf(handed);
  }

  private void play(User user) {
    var random = new SplittableRandom(plan.options().seed() * 7_919 + user.number());
    Instant early = plan.changeOver().minus(offset(user, random)).minusNanos(1_000);
    Instant late = plan.changeOver().plus(offset(user, random));
    boolean given = plan.guests().contains(user.actId()) && issueAt(user, early, random);
    var _ = issueAt(user, late, random);
    if (given && random.nextBoolean()) {
      waits.until(plan.changeOver().plus(AROUND));
      var _ = call(user, early, Intent.REPEAT, random.nextInt(instances.size()));
    }
  }

  /// Some at the border itself.
  private static Duration offset(User user, RandomGenerator random) {
    return user.number() % 10 == 0
        ? Duration.ZERO
        : Duration.ofNanos(random.nextLong(AROUND.toNanos() / 1_000) * 1_000);
  }

  private boolean issueAt(User user, Instant openTime, RandomGenerator random) {
    waits.until(openTime);
    int first = random.nextInt(instances.size());
    Told told = call(user, openTime, Intent.FIRST, first);
    for (int attempt = 1; attempt < TRIES && !(told instanceof Told.Accepted); attempt++) {
      // Another instance's clock may have it open still, or already.
      OptionalLong wait = Patience.beforeAttempt(attempt, told, random);
      waits.sleep(Duration.ofMillis(Math.min(500, wait.orElse(200))));
      told = call(user, openTime, Intent.AGAIN, (first + attempt) % instances.size());
    }
    return told instanceof Told.Accepted;
  }

  private Told call(User user, Instant openTime, Intent intent, int instance) {
    var about =
        new About(
            user.number(),
            user.actId(),
            Protocol.GRPC,
            Call.GRAB,
            intent,
            plan.timedScene(),
            0,
            plan.timedChild(openTime));
    var issued = new ArrayList<Issuer.Issued>(1);
    Told told =
        recorder.call(
            about,
            () -> {
              issued.add(
                  instances
                      .get(instance)
                      .issue(
                          new Issuer.Ask(
                              user.actId(), APP, plan.runId(), plan.timedScene(), openTime)));
              return issued.getFirst().told();
            });
    if (told instanceof Told.Accepted accepted) {
      handed.add(new Handed(accepted.orderNo(), openTime, issued.getFirst().tokenChildId()));
    }
    return told;
  }

  @Override
  public void close() {
    instances.forEach(Issuer::close);
  }
}
