package dev.lantern.simulation.fault;

import dev.lantern.ordercenter.queue.AppendUnknownException;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.Life;
import dev.lantern.stores.sql.OutcomeUnknownException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one process's calls to the servers go over. Each call is a step: the request travels, the
/// server does it at one instant, the reply travels; at each of the three something may go wrong.
///
/// A store is put behind the wire by [#over]: the very interface the production code knows, its
/// calls delayed, lost, repeated, and answered with the driver's own exceptions.
public final class Wire {
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
  private final AfterStep afterStep;
  private final Map<Method, Step> steps = new HashMap<>();

  /// Told after every step of a server.
  @FunctionalInterface
  public interface AfterStep {
    void done(boolean ledgerChanged);
  }

  /// @param kill ends a life and sees to its successor
  public Wire(
      Baton baton,
      Dice dice,
      Life life,
      Weather weather,
      Outages outages,
      Hits hits,
      Consumer<Life> kill,
      AfterStep afterStep) {
    this.baton = baton;
    this.dice = dice;
    this.life = life;
    this.weather = weather;
    this.outages = outages;
    this.hits = hits;
    this.kill = kill;
    this.afterStep = afterStep;
  }

  /// The store at the other end of this wire.
  public <T> T over(Class<T> contract, Server server, T store) {
    for (Method method : contract.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers())) {
        Step step = step(server, contract, method);
        step.possible().forEach(fault -> hits.mayHit(fault, step.name()));
        steps.put(method, step);
      }
    }
    InvocationHandler handler =
        (_, method, args) -> {
          if (method.getDeclaringClass() == Object.class) {
            throw new IllegalStateException("a store is asked nothing but its contract");
          }
          return call(server, contract, method, () -> invoke(store, method, args));
        };
    return contract.cast(
        Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, handler));
  }

  private @Nullable Object call(
      Server server, Class<?> contract, Method method, Supplier<@Nullable Object> effect) {
    Step step = steps.computeIfAbsent(method, m -> step(server, contract, m));
    try {
      return cross(step, () -> watched(server, step.changes(), effect));
    } catch (OutcomeUnknownException unknown) {
      // The booking store tells this as one of its results.
      if (method.getReturnType() == BookingStore.Result.class) {
        return new BookingStore.Result.Unknown();
      }
      throw unknown;
    }
  }

  private static Step step(Server server, Class<?> contract, Method method) {
    String name = contract.getSimpleName() + "." + method.getName();
    boolean changes = !Steps.isRead(method.getName());
    return new Step(server, name, changes, Steps.possible(server, name, changes));
  }

  private @Nullable Object watched(
      Server server, boolean changes, Supplier<@Nullable Object> effect) {
    Object done = effect.get();
    afterStep.done(changes && server == Server.MYSQL);
    return done;
  }

  /// One call to a server.
  private @Nullable Object cross(Step step, Supplier<@Nullable Object> effect) {
    hits.called(step.name());
    Optional<Fault> own = weather.begins(step.name(), step.possible());
    stopBefore(step, own, effect);
    Reply reply = new Reply(baton);
    Runnable done = () -> reply.answer(effect, travel());
    String how = send(step, own, effect, reply, done);
    baton.trace().step(baton.now(), life.name(), step.name(), how);
    Object answer = reply.await();
    stopAfter(step, own);
    return answer;
  }

  private boolean strikes(Fault fault, Step step, Optional<Fault> own) {
    return own.filter(fault::equals).isPresent() || weather.strikes(fault, step.name());
  }

  private String send(
      Step step,
      Optional<Fault> own,
      Supplier<@Nullable Object> effect,
      Reply reply,
      Runnable done) {
    Server server = step.server();
    String name = step.name();
    boolean changes = step.changes();
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
      baton.in(travel(), () -> unheard(effect));
      baton.in(givingUp(server).plus(USUAL), () -> reply.silence(server.silence(name, changes)));
      return hit(Fault.REPLY_LOST, name);
    }
    return changes ? sendChange(step, own, effect, reply, done) : sendSlowlyOrNot(step, own, done);
  }

  private String sendChange(
      Step step,
      Optional<Fault> own,
      Supplier<@Nullable Object> effect,
      Reply reply,
      Runnable done) {
    Server server = step.server();
    String name = step.name();
    if (strikes(Fault.DONE_LATE, step, own)) {
      Duration patience = givingUp(server);
      baton.in(patience, () -> reply.silence(server.silence(name, true)));
      baton.in(patience.plus(dice.wait(SHORTEST, server.latest())), () -> unheard(effect));
      return hit(Fault.DONE_LATE, name);
    }
    if (server.resends() && strikes(Fault.DONE_TWICE, step, own)) {
      Duration first = travel();
      baton.in(first, () -> unheard(effect));
      baton.in(first.plus(dice.wait(USUAL, server.patience())), done);
      return hit(Fault.DONE_TWICE, name);
    }
    if (server.resends() && strikes(Fault.DONE_AGAIN_LATE, step, own)) {
      baton.in(travel(), done);
      baton.in(dice.wait(USUAL, server.latest()), () -> unheard(effect));
      return hit(Fault.DONE_AGAIN_LATE, name);
    }
    return sendSlowlyOrNot(step, own, done);
  }

  private String sendSlowlyOrNot(Step step, Optional<Fault> own, Runnable done) {
    if (strikes(Fault.SLOW, step, own)) {
      baton.in(dice.anyWait(USUAL, min(SLOWEST, step.server().patience())), done);
      return hit(Fault.SLOW, step.name());
    }
    baton.in(travel(), done);
    return "";
  }

  private void stopBefore(Step step, Optional<Fault> own, Supplier<@Nullable Object> effect) {
    if (strikes(Fault.KILLED_BEFORE, step, own)) {
      if (dice.chance(0.5) && !outages.isDown(step.server(), baton.now())) {
        baton.in(travel(), () -> unheard(effect));
      }
      stop(Fault.KILLED_BEFORE, step.name());
    } else if (strikes(Fault.FROZEN_BEFORE, step, own)) {
      stop(Fault.FROZEN_BEFORE, step.name());
    }
  }

  private void stopAfter(Step step, Optional<Fault> own) {
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

  private Duration travel() {
    return dice.wait(SHORTEST, USUAL);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// Nobody hears the answer any more, nor that there is no such topic.
  private static void unheard(Supplier<@Nullable Object> effect) {
    try {
      var _ = effect.get();
    } catch (AppendUnknownException nobodyHears) {
      // The log is gone: nothing was done.
    }
  }

  private static @Nullable Object invoke(
      Object store, Method method, @Nullable Object @Nullable [] args) {
    try {
      return method.invoke(store, args);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException inside) {
        throw inside;
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A method of a contract, and what can happen at it.
  private record Step(Server server, String name, boolean changes, List<Fault> possible) {}
}
