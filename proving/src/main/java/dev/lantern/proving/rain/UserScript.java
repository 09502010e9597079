package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Protocol;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.edge.Edge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What one user does in a rain: thinks, grabs, insists, repeats, looks, and now and then
/// misbehaves. The seed decides all of it.
final class UserScript {
  private static final int OUTSIDERS_OF_A_HUNDRED = 5;

  /// Longer than a call takes.
  private static final Duration CALL = Duration.ofMillis(1_500);

  private static final Duration EARLY = Duration.ofMillis(900);
  private static final Set<String> CERTAIN_CODES =
      Set.of(
          "INVALID_ARGUMENT",
          "FAILED_PRECONDITION",
          "NOT_FOUND",
          "PERMISSION_DENIED",
          "UNAUTHENTICATED",
          "RESOURCE_EXHAUSTED");

  private final User user;
  private final Plan plan;
  private final Waits waits;
  private final Assertions assertions;
  private final List<User> everyone;
  private final List<RoundPlan> unsure = new ArrayList<>();
  private Optional<RoundPlan> won = Optional.empty();

  UserScript(User user, Plan plan, Waits waits, Assertions assertions, List<User> everyone) {
    this.user = user;
    this.plan = plan;
    this.waits = waits;
    this.assertions = assertions;
    this.everyone = everyone;
  }

  void play() {
    for (RoundPlan round : plan.rounds()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      if (!round.admits(user.actId())) {
        tryUninvited(round);
      } else if (round.insidersOnly() && plan.clocksDiffer().isZero()) {
        playInsiders(round);
      } else {
        play(plan.roundOf(user.number(), round));
      }
    }
  }

  /// The rounds whose end this user does not know.
  List<RoundPlan> unsure() {
    return List.copyOf(unsure);
  }

  /// After the queue has drained: asks again for every grab whose end is not known.
  void findOut(Instant until) {
    for (RoundPlan round : List.copyOf(unsure)) {
      Told told = grab(user.habitEdge(), Intent.FIND_OUT, round);
      user.persist(told, waits, until, () -> grab(user.habitEdge(), Intent.FIND_OUT, round));
    }
  }

  private void playInsiders(RoundPlan round) {
    waits.until(round.opens().plusMillis(user.random().nextLong(round.window().toMillis())));
    insist(round, grab(user.habitEdge(), Intent.FIRST, round));
  }

  /// When every server's clock has the round open, and none has it closed.
  private void tryUninvited(RoundPlan round) {
    Instant at =
        round.opens().plus(plan.clocksDiffer()).plusMillis(200 + user.random().nextLong(500));
    boolean inTime = at.plus(CALL).isBefore(round.closes().minus(plan.clocksDiffer()));
    if (inTime && (user.chance(OUTSIDERS_OF_A_HUNDRED) || user.number() < 20)) {
      waits.until(at);
      grab(user.habitEdge(), Intent.NOT_ELIGIBLE, round);
    }
  }

  private void play(RoundPlan round) {
    // The first follows its revision too closely to be asked for before it opens.
    if (!plan.rounds().getFirst().equals(round) && user.chance(4)) {
      Instant earliest = round.opens().minus(plan.clocksDiffer());
      waits.until(earliest.minus(EARLY));
      if (waits.before(earliest)) {
        user.grabEarly(user.habitEdge(), plan.runId(), round, earliest, waits);
      }
    }
    waits.until(round.opens().plus(thinkTime(round)));
    mischief(round);
    Told told = user.chance(10) ? twins(round) : grab(user.habitEdge(), Intent.FIRST, round);
    told = insist(round, told);
    if (told instanceof Told.Accepted accepted) {
      afterwards(round, accepted);
      won = Optional.of(round);
    }
  }

  /// Most hurry, and the times crowd at the opening, unless users are to come evenly.
  private Duration thinkTime(RoundPlan round) {
    double u = user.random().nextDouble();
    double share = plan.options().things() ? u : u * u;
    return Duration.ofMillis((long) (round.window().toMillis() * share));
  }

  private Told insist(RoundPlan round, Told first) {
    boolean[] doubt = {leavesDoubt(first)};
    Told told =
        user.persist(
            first,
            waits,
            round.closes(),
            () -> {
              Told again = grab(user.habitEdge(), Intent.AGAIN, round);
              doubt[0] |= leavesDoubt(again);
              return again;
            });
    if (doubt[0] && !(told instanceof Told.Accepted)) {
      unsure.add(round);
    }
    return told;
  }

  /// Whether the order may exist although it was not acknowledged.
  private static boolean leavesDoubt(Told told) {
    return switch (told) {
      case Told.Lost _ -> true;
      // The edge's own deadline, too, ends a call that may have been done.
      case Told.Refused refused -> !CERTAIN_CODES.contains(refused.code());
      case Told.Accepted _,
          Told.SessionOpened _,
          Told.WalletShown _,
          Told.FlowsShown _,
          Told.OrderShown _,
          Told.CounterShown _ ->
          false;
    };
  }

  /// The same grab twice at once, over both protocols.
  private Told twins(RoundPlan round) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Told> twin = threads.submit(() -> grab(user.otherEdge(), Intent.TWIN, round));
      Told first = grab(user.habitEdge(), Intent.FIRST, round);
      Told second = twin.get();
      return first instanceof Told.Accepted ? first : second;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Told.Lost("interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void afterwards(RoundPlan round, Told.Accepted accepted) {
    if (user.chance(20)) {
      grab(user.chance(50) ? user.habitEdge() : user.otherEdge(), Intent.REPEAT, round);
    }
    if (user.chance(20)) {
      user.wallet(Intent.LOOK, plan.runId(), round.childId());
    }
    if (user.chance(10)) {
      user.flows(Intent.LOOK, plan.runId(), round.childId());
    }
    if (user.chance(10)) {
      user.counter(Intent.LOOK, plan.runId() + ".opened");
    }
    if (user.chance(10)) {
      user.order(user.habitEdge(), Intent.LOOK, accepted.orderNo());
    }
    if (won.isPresent() && user.chance(20)) {
      grab(user.habitEdge(), Intent.REPLAY, won.get());
    }
  }

  private void mischief(RoundPlan round) {
    int kinds = Mischief.ALL.size() * 2;
    int players = everyone.size();
    boolean firstRound = plan.firstForAll().rainId() == round.rainId();
    for (int duty = 0; firstRound && duty < kinds; duty++) {
      if (duty % players == user.number()) {
        commit(
            Mischief.ALL.get(duty / 2), over(duty % 2 == 0 ? Protocol.JSON : Protocol.GRPC), round);
      }
    }
    if (!firstRound && user.chance(5)) {
      commit(Mischief.ALL.get(user.random().nextInt(Mischief.ALL.size())), user.habitEdge(), round);
    }
  }

  private Edge over(Protocol protocol) {
    return user.habitEdge().protocol() == protocol ? user.habitEdge() : user.otherEdge();
  }

  private void commit(Mischief mischief, Edge edge, RoundPlan round) {
    User neighbour = everyone.get((user.number() + 1) % everyone.size());
    String theirs = "%d_%s_%d_1_3".formatted(neighbour.actId(), round.sceneId(), round.rainId());
    mischief.commit(user, edge, plan.runId(), round, theirs, assertions);
  }

  private Told grab(Edge edge, Intent intent, RoundPlan round) {
    return user.grab(edge, intent, plan.runId(), round.sceneId(), round.rainId());
  }
}
