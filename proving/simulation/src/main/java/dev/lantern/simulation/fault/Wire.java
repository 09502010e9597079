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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one process's calls to the servers go over. Each call is a step, and goes a [Crossing].
///
/// A store is put behind the wire by [#over]: the very interface the production code knows, its
/// calls delayed, lost, repeated, and answered with the driver's own exceptions.
public final class Wire {
  private final Baton baton;
  private final Crossing way;
  private final Hits hits;
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
    this.way = new Crossing(baton, dice, life, weather, outages, hits, kill);
    this.hits = hits;
    this.afterStep = afterStep;
  }

  /// The store at the other end of this wire.
  public <T> T over(Class<T> contract, Server server, T store) {
    return put(
        contract,
        server,
        (step, method, args) -> {
          Supplier<@Nullable Object> done =
              () -> watched(server, step.changes(), () -> invoke(store, method, args));
          return waiting ->
              waiting.ifPresentOrElse(
                  reply -> reply.answer(done, way.travel()), () -> unheard(done));
        });
  }

  /// A process at the other end of this wire, each time whoever is asked: its work takes steps of
  /// its own, as an actor there, and goes on when the caller has given up.
  public <T> T toProcess(Class<T> contract, Server server, Supplier<Callee<T>> callees) {
    return put(
        contract,
        server,
        (step, method, args) ->
            waiting -> {
              Callee<T> callee = callees.get();
              if (callee.life().isOver()) {
                waiting.ifPresent(reply -> reply.silence(server.silence(step.name(), false)));
              } else {
                baton.start(
                    callee.life(),
                    callee.life().name() + "." + method.getName(),
                    () -> work(waiting, () -> invoke(callee.service(), method, args)));
              }
            });
  }

  /// Who is asked.
  public record Callee<T>(Life life, T service) {}

  private <T> T put(Class<T> contract, Server server, Request request) {
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
          Step step = steps.computeIfAbsent(method, m -> step(server, contract, m));
          return call(step, method, request.effect(step, method, args));
        };
    return contract.cast(
        Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, handler));
  }

  /// What a call does where it arrives.
  private interface Request {
    Crossing.Effect effect(Step step, Method method, @Nullable Object @Nullable [] args);
  }

  private @Nullable Object call(Step step, Method method, Crossing.Effect effect) {
    try {
      return way.cross(step, effect);
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

  /// Works on a request, in steps; the answer goes to whoever still waits.
  private void work(Optional<Reply> waiting, Supplier<@Nullable Object> work) {
    @Nullable Object done = null;
    @Nullable RuntimeException refusal = null;
    try {
      done = work.get();
    } catch (RuntimeException e) {
      refusal = e;
    }
    if (waiting.isPresent()) {
      waiting.get().come(done, refusal, way.travel());
    }
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
      if (e.getCause() instanceof Error inside) {
        throw inside;
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A method of a contract, and what can happen at it.
  record Step(Server server, String name, boolean changes, List<Fault> possible) {}
}
