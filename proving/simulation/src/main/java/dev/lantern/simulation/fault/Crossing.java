package dev.lantern.simulation.fault;

import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.Life;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way of one process's calls: the request travels, something is done, the reply travels; at
/// each of the three something may go wrong.
final class Crossing {
  private static final Duration SHORTEST = Duration.ofNanos(200_000);
  private static final Duration USUAL = Duration.ofMillis(4);
  private static final Duration SLOWEST = Duration.ofMillis(950);
  private static final Duration RESET = Duration.ofMillis(30);
  private final Baton baton;
  private final Dice dice;
  private final Life life;
  private final Weather weather;
  private final Outages outages;
  private final Hits hits;
  private final Consumer<Life> kill;

  Crossing(
      Baton baton,
      Dice dice,
      Life life,
      Weather weather,
      Outages outages,
      Hits hits,
      Consumer<Life> kill) {
    this.baton = baton;
    this.dice = dice;
    this.life = life;
    this.weather = weather;
    this.outages = outages;
    this.hits = hits;
    this.kill = kill;
  }

  /// What a request does when it arrives, as often as it does.
  interface Effect {
    /// A request arrives.
    ///
    /// @param waiting who hears the answer; empty: nobody does any more
    void arrives(Optional<Reply> waiting);
  }

  /// One call to a server.
  @Nullable Object cross(Wire.Step step, Effect effect) {
    hits.called(step.name());
    Optional<Fault> own = weather.begins(step.name(), step.possible());
    stopBefore(step, own, effect);
    Reply reply = new Reply(baton);
    Runnable done = () -> effect.arrives(Optional.of(reply));
    String how = send(step, own, effect, reply, done);
    if (step.server().mayNeverAnswer()) {
      Server server = step.server();
      baton.in(server.patience(), () -> reply.silence(server.silence(step.name(), step.changes())));
    }
    baton.trace().step(baton.now(), life.name(), step.name(), how);
    Object answer = reply.await();
    stopAfter(step, own);
    return answer;
  }

  private boolean strikes(Fault fault, Wire.Step step, Optional<Fault> own) {
    return own.filter(fault::equals).isPresent() || weather.strikes(fault, step.name());
  }

  private String send(
      Wire.Step step, Optional<Fault> own, Effect effect, Reply reply, Runnable done) {
    Server server = step.server();
    String name = step.name();
    boolean changes = step.changes();
    if (server.isLocal()) {
      return sendSlowlyOrNot(step, own, done);
    }
    if (outages.isDown(server, baton.now()) || strikes(Fault.SERVER_DOWN, step, own)) {
      baton.in(RESET, () -> reply.silence(server.silence(name, false)));
      return hit(Fault.SERVER_DOWN, name);
    }
    boolean full = server == Server.QUEUE && changes;
    if (full && (outages.isDiskFull(baton.now()) || strikes(Fault.DISK_FULL, step, own))) {
      baton.in(travel(), () -> reply.silence(server.silence(name, true)));
      return hit(Fault.DISK_FULL, name);
    }
    if (strikes(Fault.REQUEST_LOST, step, own)) {
      boolean told = changes && dice.chance(0.5);
      baton.in(givingUp(server), () -> reply.silence(server.silence(name, told)));
      return hit(Fault.REQUEST_LOST, name);
    }
    if (strikes(Fault.REPLY_LOST, step, own)) {
      baton.in(travel(), () -> effect.arrives(Optional.empty()));
      baton.in(givingUp(server).plus(USUAL), () -> reply.silence(server.silence(name, changes)));
      return hit(Fault.REPLY_LOST, name);
    }
    return changes ? sendChange(step, own, effect, reply, done) : sendSlowlyOrNot(step, own, done);
  }

  private String sendChange(
      Wire.Step step, Optional<Fault> own, Effect effect, Reply reply, Runnable done) {
    Server server = step.server();
    String name = step.name();
    if (strikes(Fault.DONE_LATE, step, own)) {
      Duration patience = givingUp(server);
      baton.in(patience, () -> reply.silence(server.silence(name, true)));
      baton.in(
          patience.plus(dice.wait(SHORTEST, server.latest())),
          () -> effect.arrives(Optional.empty()));
      return hit(Fault.DONE_LATE, name);
    }
    if (server.resends() && strikes(Fault.DONE_TWICE, step, own)) {
      Duration first = travel();
      baton.in(first, () -> effect.arrives(Optional.empty()));
      baton.in(first.plus(dice.wait(USUAL, server.patience())), done);
      return hit(Fault.DONE_TWICE, name);
    }
    if (server.resends() && strikes(Fault.DONE_AGAIN_LATE, step, own)) {
      baton.in(travel(), done);
      baton.in(dice.wait(USUAL, server.latest()), () -> effect.arrives(Optional.empty()));
      return hit(Fault.DONE_AGAIN_LATE, name);
    }
    return sendSlowlyOrNot(step, own, done);
  }

  private String sendSlowlyOrNot(Wire.Step step, Optional<Fault> own, Runnable done) {
    if (strikes(Fault.SLOW, step, own)) {
      baton.in(dice.anyWait(USUAL, min(SLOWEST, step.server().patience())), done);
      return hit(Fault.SLOW, step.name());
    }
    baton.in(travel(), done);
    return "";
  }

  private void stopBefore(Wire.Step step, Optional<Fault> own, Effect effect) {
    if (strikes(Fault.KILLED_BEFORE, step, own)) {
      if (dice.chance(0.5) && !outages.isDown(step.server(), baton.now())) {
        baton.in(travel(), () -> effect.arrives(Optional.empty()));
      }
      stop(Fault.KILLED_BEFORE, step.name());
    } else if (strikes(Fault.FROZEN_BEFORE, step, own)) {
      stop(Fault.FROZEN_BEFORE, step.name());
    }
  }

  private void stopAfter(Wire.Step step, Optional<Fault> own) {
    if (strikes(Fault.KILLED_AFTER, step, own)) {
      stop(Fault.KILLED_AFTER, step.name());
    } else if (strikes(Fault.FROZEN_AFTER, step, own)) {
      stop(Fault.FROZEN_AFTER, step.name());
    }
  }

  private void stop(Fault how, String step) {
    baton.trace().step(baton.now(), life.name(), step, hit(how, step));
    if (how == Fault.KILLED_BEFORE || how == Fault.KILLED_AFTER) {
      kill.accept(life);
    } else {
      Duration pause = weather.freeze();
      life.freeze(baton.now(), baton.now() + pause.toNanos(), dice.chance(0.5));
    }
    baton.sleep(Duration.ZERO);
  }

  private String hit(Fault fault, String step) {
    hits.hit(fault, step);
    return fault.name();
  }

  /// Who gives up finds the connection reset, or waits to the end.
  private Duration givingUp(Server server) {
    return dice.chance(0.5) ? RESET : server.patience();
  }

  /// How long a message is under way.
  Duration travel() {
    return dice.wait(SHORTEST, USUAL);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
