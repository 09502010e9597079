package dev.lantern.simulation.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets one actor run at a time, in an order that the seed alone decides.
///
/// There is a queue of events by virtual time. Whoever holds the baton and has to wait takes the
/// next event: an effect is run on the spot, whoever's it is; an actor's wake-up hands the baton to
/// that actor, or simply goes on when it is one's own. So a step costs a thread switch only when
/// the actor changes, and threads never run side by side.
///
/// A run ends when [#stop] was called or no event is left; then the baton is back with [#run].
public final class Baton {
  private final PriorityQueue<Event> events = new PriorityQueue<>(Event.FIRST);
  private final Set<Actor> actors = new LinkedHashSet<>();
  private final Actor home = new Actor(new Life("home"), "home");
  private final Trace trace;
  private @Nullable Actor current;
  private @Nullable RuntimeException failure;
  private long now;
  private long numbered;
  private boolean stopped;

  public Baton(Trace trace) {
    this.trace = trace;
  }

  /// Virtual nanoseconds since the beginning.
  public long now() {
    return now;
  }

  public Trace trace() {
    return trace;
  }

  /// The actor that holds the baton.
  public Actor current() {
    Actor actor = current;
    if (actor == null) {
      throw new IllegalStateException("no actor holds the baton");
    }
    return actor;
  }

  /// Runs an effect at that time; it must not wait.
  public void at(long time, Runnable effect) {
    events.add(new Event(Math.max(now, time), numbered++, effect, null));
  }

  public void in(Duration wait, Runnable effect) {
    at(now + wait.toNanos(), effect);
  }

  /// Starts an actor.
  public Actor start(Life life, String name, Runnable body) {
    Actor actor = new Actor(life, name);
    actors.add(actor);
    actor.runsOn(Thread.ofVirtual().unstarted(() -> live(actor, body)), false);
    events.add(new Event(now, numbered++, null, actor));
    return actor;
  }

  /// The current actor waits; others go on.
  public void sleep(Duration wait) {
    Actor self = current();
    wake(self, now + wait.toNanos());
    await(self);
  }

  /// The current actor waits until [#wake] is called for it.
  public void sleepUntilWoken() {
    await(current());
  }

  /// The actor, waiting now, goes on at that time.
  public void wake(Actor actor, long time) {
    events.add(new Event(Math.max(now, time), numbered++, null, actor));
  }

  /// Drives the run from outside until it has ended, then ends all actors; throws what an effect
  /// threw.
  public void run() {
    home.runsOn(Thread.currentThread(), true);
    passOn(home);
    home.takeBaton();
    endAll();
    if (failure != null) {
      throw failure;
    }
  }

  public void stop() {
    stopped = true;
  }

  /// Ends the run with this failure.
  public void fail(RuntimeException why) {
    if (failure == null) {
      failure = why;
    }
    stopped = true;
  }

  private void await(Actor self) {
    if (passOn(self) != self) {
      self.takeBaton();
    }
    current = self;
    if (self.life().isOver()) {
      throw new Crashed();
    }
  }

  private void live(Actor actor, Runnable body) {
    actor.takeBaton();
    current = actor;
    try {
      if (!actor.life().isOver()) {
        body.run();
      }
    } catch (Crashed over) {
      // Its process is gone, and it with it.
    } catch (RuntimeException e) {
      fail(e);
    } catch (Error e) {
      fail(new IllegalStateException(actor.name() + " broke", e));
    }
    actors.remove(actor);
    passOn(null);
  }

  /// Runs events until one wakes somebody; hands the baton over unless that is `self`.
  private Actor passOn(@Nullable Actor self) {
    Actor next = next();
    if (next != self || self == home) {
      next.giveBaton();
    }
    return next;
  }

  private Actor next() {
    while (!stopped) {
      Event event = events.poll();
      if (event == null) {
        return home;
      }
      now = Math.max(now, event.at);
      Actor woken = event.actor;
      if (woken == null) {
        run(event);
      } else if (woken.life().isFrozen(now) && !woken.life().isOver()) {
        wake(woken, woken.life().frozenUntil());
      } else {
        return woken;
      }
    }
    return home;
  }

  private void run(Event event) {
    try {
      if (event.effect != null) {
        event.effect.run();
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void endAll() {
    List<Actor> left = new ArrayList<>(actors);
    left.forEach(actor -> actor.life().end());
    for (Actor actor : left) {
      actor.giveBaton();
      home.takeBaton();
    }
  }

  private record Event(long at, long number, @Nullable Runnable effect, @Nullable Actor actor) {
    static final Comparator<Event> FIRST =
        Comparator.comparingLong(Event::at).thenComparingLong(Event::number);
  }
}
