package dev.lantern.controlplane.switches;

import dev.lantern.controlplane.policy.Policy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The switches as they are now, and those who want to know at once: Envoy and the services hear of
/// a turn from the same call.
public final class SwitchBoard {
  /// Told of every change; must return at once. One that throws is told again by the next
  /// [SwitchBoard#tick], and keeps no other from hearing.
  public interface Listener {
    void changed(SwitchTable table, Map<String, Integer> values);
  }

  private final InstantSource clock;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private SwitchTable table = SwitchTable.empty();
  private Map<String, Integer> told = Map.of();
  private boolean owed;

  public SwitchBoard(InstantSource clock) {
    this.clock = clock;
  }

  public synchronized SwitchTable table() {
    return table;
  }

  /// Hands the table out and lets nothing change meanwhile; must return at once. Whoever begins to
  /// be told of changes in it misses none between what it saw and what it hears.
  synchronized void whileStill(Consumer<SwitchTable> look) {
    look.accept(table);
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /// The switches and levels of a policy.
  public void catalogue(Policy policy) {
    update(now -> under(now, policy), true);
  }

  /// A table as it would be with a policy's switches and levels.
  public static SwitchTable under(SwitchTable table, Policy policy) {
    return table.withCatalogue(policy.switches(), new Levels(policy.levels()));
  }

  /// What was written down is the truth, whatever was believed before. Only an automatic level that
  /// was entered later than the one written down stays: it came while nothing could be written.
  public void replace(List<SwitchChange> turns) {
    update(
        now -> {
          SwitchTable fresh = now.withoutWritten();
          for (SwitchChange turn : turns) {
            fresh = fresh.learning(turn);
          }
          return fresh;
        },
        true);
  }

  public void turn(SwitchChange turn) {
    update(now -> now.with(turn), true);
  }

  /// Takes what was written down and is not known here: by us, whose answer from the database was
  /// lost, or by another control plane.
  public void learn(List<SwitchChange> newest) {
    update(
        now -> {
          SwitchTable learned = now;
          for (SwitchChange turn : newest) {
            learned = learned.learning(turn);
          }
          return learned;
        },
        false);
  }

  /// Tells of turns that ran out meanwhile.
  public void tick() {
    update(now -> now, false);
  }

  /// One after another: two turns at once must both be in the table that follows.
  private synchronized void update(UnaryOperator<SwitchTable> change, boolean always) {
    SwitchTable now = change.apply(table);
    Map<String, Integer> values = now.values(clock.instant());
    boolean changed = always || owed || !now.equals(table) || !values.equals(told);
    table = now;
    told = values;
    if (changed) {
      tell(now, values);
    }
  }

  private void tell(SwitchTable now, Map<String, Integer> values) {
    var failures = new ArrayList<RuntimeException>();
    for (Listener listener : listeners) {
      try {
        listener.changed(now, values);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    owed = !failures.isEmpty();
    if (owed) {
      throw failures.getFirst();
    }
  }
}
