package dev.lantern.controlplane.switches;

import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.AuditStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// The history of switches, and the record, in memory.
final class MemorySwitches implements SwitchStore, AuditStore {
  final List<AuditEvent> events = new ArrayList<>();
  private final List<SwitchChange> turns = new ArrayList<>();

  @Override
  public List<SwitchChange> newest() {
    var newest = new HashMap<String, SwitchChange>();
    turns.forEach(turn -> newest.put(turn.name(), turn));
    Collection<SwitchChange> all = newest.values();
    return List.copyOf(all);
  }

  @Override
  public SwitchChange append(SwitchChange change, AuditEvent event) {
    SwitchChange turn = change.withRevision(turns.size() + 1L);
    turns.add(turn);
    append(event);
    return turn;
  }

  @Override
  public Optional<SwitchChange> end(SwitchChange end, long ended, AuditEvent event) {
    boolean younger =
        turns.stream().anyMatch(turn -> turn.name().equals(end.name()) && turn.revision() > ended);
    return younger ? Optional.empty() : Optional.of(append(end, event));
  }

  @Override
  public void append(AuditEvent event) {
    events.add(event);
  }

  @Override
  public List<AuditEvent> list(long below, String actionPrefix, int most) {
    throw new UnsupportedOperationException("the tests read the list itself");
  }
}
