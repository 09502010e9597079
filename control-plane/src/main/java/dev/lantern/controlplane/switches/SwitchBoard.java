package dev.lantern.controlplane.switches;

import dev.lantern.controlplane.policy.Rule;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// The switches as they are now, and those who want to know at once: Envoy and the services hear of
/// a turn from the same call.
public final class SwitchBoard {
  /// Told of every change; must return at once.
  public interface Listener {
    void changed(SwitchTable table, Map<String, Integer> values);
  }

  private final InstantSource clock;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private SwitchTable table = SwitchTable.empty();
  private Map<String, Integer> told = Map.of();

  public SwitchBoard(InstantSource clock) {
    this.clock = clock;
  }

  public synchronized SwitchTable table() {
    return table;
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  public void catalogue(List<Rule.Switch> catalogue) {
    update(table().withCatalogue(catalogue), true);
  }

  /// Turns are the truth, whatever was believed before.
  public void replace(List<SwitchChange> turns) {
    var fresh = new SwitchTable(table().catalogue(), Map.of());
    for (SwitchChange turn : turns) {
      fresh = fresh.with(turn);
    }
    update(fresh, true);
  }

  public void turn(SwitchChange turn) {
    update(table().with(turn), true);
  }

  /// Tells of turns that ran out meanwhile.
  public void tick() {
    update(table(), false);
  }

  private synchronized void update(SwitchTable now, boolean always) {
    Map<String, Integer> values = now.values(clock.instant());
    boolean changed = always || !values.equals(told);
    table = now;
    told = values;
    if (changed) {
      listeners.forEach(listener -> listener.changed(now, values));
    }
  }
}
