package dev.lantern.simulation.fault;

import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.Life;
import dev.lantern.stores.sql.OutcomeUnknownException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
  private static final Duration LONGEST_FREEZE = Duration.ofSeconds(20);
  private static final Duration SHORTEST_FREEZE = Duration.ofMillis(5);
  private static final Set<String> READS =
      Set.of(
          "allClosed",
          "standings",
          "unclosed",
          "passed",
          "lookUp",
          "fenced",
          "due",
          "rows",
          "row",
          "workers",
          "standing",
          "topicsMissing",
          "created",
          "planned",
          "look",
          "lookAll",
          "entrances",
          "walk",
          "stillThere",
          "ofUser",
          "list",
          "totals",
          "earlier",
          "resumable",
          "order",
          "conflict",
          "read",
          "idOf",
          "ends",
          "find",
          "isSettled",
          "poll",
          "lastMark",
          "gapBehindUs",
          "oldest",
          "ask",
          "isDiscarded",
          "overdue",
          "running",
          "pending",
          "of",
          "ofLedger",
          "leader");

  private final Baton baton;
  private final Dice dice;
  private final Life life;
  private final Weather weather;
  private final Outages outages;
  private final Hits hits;
  private final Consumer<Life> kill;
  private final AfterStep afterStep;
  private final Map<Method, String> steps = new HashMap<>();

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
    String step = steps.computeIfAbsent(method, m -> contract.getSimpleName() + "." + m.getName());
    boolean changes = !READS.contains(method.getName());
    try {
      return cross(server, step, changes, () -> watched(server, changes, effect));
    } catch (OutcomeUnknownException unknown) {
      // The booking store tells this as one of its results.
      if (method.getReturnType() == BookingStore.Result.class) {
        return new BookingStore.Result.Unknown();
      }
      throw unknown;
    }
  }

  private @Nullable Object watched(
      Server server, boolean changes, Supplier<@Nullable Object> effect) {
    Object done = effect.get();
    afterStep.done(changes && server == Server.MYSQL);
    return done;
  }

  /// One call to a server.
  private @Nullable Object cross(
      Server server, String step, boolean changes, Supplier<@Nullable Object> effect) {
    stopBefore(server, step, effect);
    Reply reply = new Reply(baton);
    Runnable done = () -> reply.answer(effect, travel());
    String how = send(server, step, changes, effect, reply, done);
    baton.trace().step(baton.now(), life.name(), step, how);
    Object answer = reply.await();
    stopAfter(step);
    return answer;
  }

  private String send(
      Server server,
      String step,
      boolean changes,
      Supplier<@Nullable Object> effect,
      Reply reply,
      Runnable done) {
    if (outages.isDown(server, baton.now())) {
      baton.in(RESET, () -> reply.silence(server.silence(step, false)));
      return hit(Fault.SERVER_DOWN, step);
    }
    if (server == Server.QUEUE && changes && outages.isDiskFull(baton.now())) {
      baton.in(travel(), () -> reply.silence(server.silence(step, true)));
      return hit(Fault.DISK_FULL, step);
    }
    if (weather.strikes(Fault.REQUEST_LOST)) {
      boolean told = changes && dice.chance(0.5);
      baton.in(givingUp(server), () -> reply.silence(server.silence(step, told)));
      return hit(Fault.REQUEST_LOST, step);
    }
    if (weather.strikes(Fault.REPLY_LOST)) {
      baton.in(travel(), () -> unheard(effect));
      baton.in(givingUp(server).plus(USUAL), () -> reply.silence(server.silence(step, changes)));
      return hit(Fault.REPLY_LOST, step);
    }
    if (changes && weather.strikes(Fault.DONE_LATE)) {
      Duration patience = givingUp(server);
      baton.in(patience, () -> reply.silence(server.silence(step, true)));
      baton.in(patience.plus(dice.wait(SHORTEST, server.latest())), () -> unheard(effect));
      return hit(Fault.DONE_LATE, step);
    }
    if (changes && server.resends() && weather.strikes(Fault.DONE_TWICE)) {
      Duration first = travel();
      baton.in(first, () -> unheard(effect));
      baton.in(first.plus(dice.wait(USUAL, server.patience())), done);
      return hit(Fault.DONE_TWICE, step);
    }
    if (changes && server.resends() && weather.strikes(Fault.DONE_AGAIN_LATE)) {
      baton.in(travel(), done);
      baton.in(dice.wait(USUAL, server.latest()), () -> unheard(effect));
      return hit(Fault.DONE_AGAIN_LATE, step);
    }
    if (weather.strikes(Fault.SLOW)) {
      baton.in(dice.anyWait(USUAL, min(SLOWEST, server.patience())), done);
      return hit(Fault.SLOW, step);
    }
    baton.in(travel(), done);
    return "";
  }

  private void stopBefore(Server server, String step, Supplier<@Nullable Object> effect) {
    if (weather.strikes(Fault.KILLED_BEFORE)) {
      if (dice.chance(0.5) && !outages.isDown(server, baton.now())) {
        baton.in(travel(), () -> unheard(effect));
      }
      stop(Fault.KILLED_BEFORE, step);
    } else if (weather.strikes(Fault.FROZEN_BEFORE)) {
      stop(Fault.FROZEN_BEFORE, step);
    }
  }

  private void stopAfter(String step) {
    if (weather.strikes(Fault.KILLED_AFTER)) {
      stop(Fault.KILLED_AFTER, step);
    } else if (weather.strikes(Fault.FROZEN_AFTER)) {
      stop(Fault.FROZEN_AFTER, step);
    }
  }

  private void stop(Fault how, String step) {
    baton.trace().step(baton.now(), life.name(), step, hit(how, step));
    if (how == Fault.KILLED_BEFORE || how == Fault.KILLED_AFTER) {
      kill.accept(life);
    } else {
      Duration pause = dice.anyWait(SHORTEST_FREEZE, LONGEST_FREEZE);
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

  /// Nobody hears the answer any more.
  private static void unheard(Supplier<@Nullable Object> effect) {
    var _ = effect.get();
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
}
