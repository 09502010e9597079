package dev.lantern.controlplane.levels;

import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.AuditStore;
import dev.lantern.controlplane.levels.LevelChange.Decision;
import dev.lantern.controlplane.levels.LevelChange.Review;
import dev.lantern.controlplane.levels.LevelChange.State;
import dev.lantern.controlplane.switches.SwitchChange;
import dev.lantern.controlplane.switches.SwitchStore;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The three stores of levels, switches and the record, in memory; it can be away.
final class MemoryLevels implements LevelStore, SwitchStore, AuditStore {
  final List<AuditEvent> events = new ArrayList<>();
  boolean away;

  /// Runs before a turn is written down: for a database that takes its time.
  Runnable beforeATurn = () -> {};

  private final TreeMap<Long, LevelChange> changes = new TreeMap<>();
  private final Map<String, Long> requests = new HashMap<>();
  private final TreeMap<Long, SwitchChange> turns = new TreeMap<>();

  @Override
  public Optional<LevelChange> byRequest(String requestId) {
    return Optional.ofNullable(requests.get(requestId)).map(changes::get);
  }

  @Override
  public Optional<LevelChange> find(long id) {
    return Optional.ofNullable(changes.get(id));
  }

  @Override
  public Optional<LevelChange> append(
      LevelChange change, String requestId, Optional<SwitchChange> turn, AuditEvent event) {
    if (requests.containsKey(requestId)) {
      return Optional.empty();
    }
    long id = changes.size() + 1L;
    requests.put(requestId, id);
    changes.put(id, with(change, id, change.state(), change.decision(), turn.map(this::turned)));
    append(event);
    return find(id);
  }

  @Override
  public Optional<LevelChange> decide(
      long id,
      State to,
      Decision second,
      Instant notBefore,
      Optional<SwitchChange> turn,
      AuditEvent event) {
    LevelChange change = find(id).orElseThrow();
    if (change.state() != State.WAITING || !change.at().isAfter(notBefore)) {
      return Optional.empty();
    }
    changes.put(id, with(change, id, to, Optional.of(second), turn.map(this::turned)));
    append(event);
    return find(id);
  }

  @Override
  public Optional<LevelChange> review(long id, Decision reviewed, AuditEvent event) {
    LevelChange c = find(id).orElseThrow();
    if (c.review() != Review.DUE) {
      return Optional.empty();
    }
    changes.put(
        id,
        new LevelChange(
            id,
            c.rank(),
            c.lasting(),
            c.meaning(),
            c.asked(),
            c.at(),
            c.state(),
            c.glass(),
            c.decision(),
            Review.DONE,
            Optional.of(reviewed),
            c.turn()));
    append(event);
    return find(id);
  }

  @Override
  public Optional<SwitchChange> turnOf(LevelChange change) {
    return change.turn().map(turns::get);
  }

  @Override
  public List<LevelChange> list(long below, boolean open, int most) {
    return changes.descendingMap().values().stream()
        .filter(change -> change.id() < below)
        .filter(c -> !open || c.state() == State.WAITING || c.review() == Review.DUE)
        .limit(most)
        .toList();
  }

  @Override
  public List<LevelChange> waitingSince(Instant before, int most) {
    return changes.values().stream()
        .filter(change -> change.state() == State.WAITING && !change.at().isAfter(before))
        .limit(most)
        .toList();
  }

  @Override
  public List<SwitchChange> newest() {
    var newest = new HashMap<String, SwitchChange>();
    turns.values().forEach(turn -> newest.put(turn.name(), turn));
    return newest.values().stream().sorted(Comparator.comparing(SwitchChange::name)).toList();
  }

  @Override
  public SwitchChange append(SwitchChange change, AuditEvent event) {
    beforeATurn.run();
    if (away) {
      throw new StoreUnavailableException("away", null);
    }
    append(event);
    return change.withRevision(turned(change));
  }

  @Override
  public Optional<SwitchChange> end(SwitchChange end, long ended, AuditEvent event) {
    return turns.values().stream()
            .anyMatch(turn -> turn.name().equals(end.name()) && turn.revision() > ended)
        ? Optional.empty()
        : Optional.of(append(end, event));
  }

  @Override
  public void append(AuditEvent event) {
    events.add(
        new AuditEvent(
            events.size() + 1L,
            event.at(),
            event.action(),
            event.subject(),
            event.signed(),
            event.outcome(),
            event.detail()));
  }

  @Override
  public List<AuditEvent> list(long below, String actionPrefix, int most) {
    return events.reversed().stream()
        .filter(event -> event.number() < below)
        .filter(event -> event.action().startsWith(actionPrefix))
        .limit(most)
        .toList();
  }

  private long turned(SwitchChange turn) {
    long revision = turns.size() + 1L;
    turns.put(revision, turn.withRevision(revision));
    return revision;
  }

  private static LevelChange with(
      LevelChange c, long id, State state, Optional<Decision> decision, Optional<Long> turn) {
    return new LevelChange(
        id,
        c.rank(),
        c.lasting(),
        c.meaning(),
        c.asked(),
        c.at(),
        state,
        c.glass(),
        decision,
        c.review(),
        c.reviewed(),
        turn);
  }
}
