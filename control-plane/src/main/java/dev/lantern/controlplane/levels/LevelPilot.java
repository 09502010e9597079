package dev.lantern.controlplane.levels;

import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.switches.Load;
import dev.lantern.controlplane.switches.SwitchBoard;
import dev.lantern.controlplane.switches.SwitchChange;
import dev.lantern.controlplane.switches.SwitchStore;
import dev.lantern.controlplane.switches.SwitchTable;
import dev.lantern.stores.sql.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Enters and leaves the automatic levels as [Hysteresis] decides.
///
/// A turn holds for [#LASTING] and is prolonged while somebody measures, up to the level's longest,
/// so that a level ends by itself when its measurements, or we, are gone. To prolong is no new
/// turn: what an operator turned while the level held wins for as long as it holds. When its
/// longest is over the level ends; if the services are still as busy it is entered again, as
/// another turn.
///
/// It takes effect first and is written down afterwards, by another thread, as soon as that can be
/// done: load is high when the database is slow or away, and a level that waits for it would come
/// too late. Its start is whatever the table says: after a restart it goes on from the level in
/// force.
public final class LevelPilot {
  /// While this switch of the catalogue is off, no level comes by itself.
  public static final String SWITCH = "level.automatic";

  static final Duration LASTING = Duration.ofSeconds(60);
  static final int MOST_UNWRITTEN = 100;
  private static final Logger LOG = LoggerFactory.getLogger(LevelPilot.class);

  private final SwitchBoard board;
  private final SwitchStore store;
  private final Load load;
  private final InstantSource clock;
  private final BlockingQueue<SwitchChange> unwritten = new ArrayBlockingQueue<>(MOST_UNWRITTEN);
  private volatile boolean away;
  private Instant entered = Instant.EPOCH;
  private Hysteresis.State state;

  public LevelPilot(SwitchBoard board, SwitchStore store, Load load, InstantSource clock) {
    this.board = board;
    this.store = store;
    this.load = load;
    this.clock = clock;
    this.state = Hysteresis.State.at(0, clock.instant());
  }

  /// Looks once; several times a second. Never waits for the database.
  public synchronized void tick() {
    // As the disk and the database keep it: one entry is the same wherever it is read.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    board.table().automaticRunOut(now).ifPresent(turn -> end(turn, now));
    SwitchTable table = board.table();
    Optional<SwitchChange> holds = table.automaticLevel(now);
    int rank = holds.map(SwitchChange::perTenThousand).orElse(0);
    if (state.rank() != rank) {
      state = state.moved(rank, holds.map(SwitchChange::at).orElse(now), now);
    }
    if (!mayAct(table, now)) {
      state = Hysteresis.State.at(0, now);
      if (rank > 0) {
        enter(0, SWITCH + " is off", now);
      }
      return;
    }
    OptionalInt busy = load.busyPercent();
    state = new Hysteresis(table.levels().all()).next(state, busy, now);
    String why = (busy.isPresent() ? busy.getAsInt() : 0) + " % busy";
    if (state.rank() != rank) {
      enter(state.rank(), why, now);
    } else if (holds.isPresent() && busy.isPresent()) {
      prolong(holds.get(), now);
    }
  }

  private static boolean mayAct(SwitchTable table, Instant now) {
    return table.find(SWITCH).map(entry -> table.value(entry, now) > 0).orElse(true);
  }

  /// Once half of its time is over.
  private void prolong(SwitchChange turn, Instant now) {
    Instant end = last(turn.perTenThousand(), turn.at(), now);
    boolean endsSoon =
        turn.expires().filter(one -> one.isBefore(now.plus(LASTING.dividedBy(2)))).isPresent();
    if (endsSoon && turn.expires().filter(end::isAfter).isPresent()) {
      board.turn(turn.until(end));
    }
  }

  /// What another control plane entered it may have prolonged, and the record is its own.
  private void end(SwitchChange turn, Instant now) {
    String why = "its time is over";
    if (turn.at().equals(entered)) {
      enter(0, why, now);
    } else {
      board.turn(turn(0, why, now));
    }
  }

  private Instant last(int rank, Instant since, Instant now) {
    Instant end = now.plus(LASTING);
    return board
        .table()
        .levels()
        .find(rank)
        .map(level -> since.plus(level.longest()))
        .filter(last -> last.isBefore(end))
        .orElse(end);
  }

  private void enter(int rank, String why, Instant now) {
    SwitchChange turn = turn(rank, why, now);
    entered = now;
    LOG.warn("level L{} by itself: {}", rank, why);
    if (!unwritten.offer(turn)) {
      LOG.error("too much is unwritten; this change will be in the log alone");
    }
    board.turn(turn);
  }

  private SwitchChange turn(int rank, String why, Instant now) {
    return new SwitchChange(
        board.table().revision(),
        SwitchChange.AUTOMATIC_LEVEL,
        rank,
        Signed.OURSELVES,
        why,
        now,
        rank == 0 ? Optional.empty() : Optional.of(last(rank, now, now)));
  }

  /// Writes down what was entered and left; may wait for the database. What cannot be written stays
  /// for the next time.
  public void writeDown() {
    for (SwitchChange turn = unwritten.peek();
        turn != null && written(turn);
        turn = unwritten.peek()) {
      var _ = unwritten.remove(turn);
    }
  }

  private boolean written(SwitchChange turn) {
    var event =
        AuditEvent.of(
            turn.at(),
            "level.automatic",
            "L" + turn.perTenThousand(),
            Signed.ourselves(turn.reason()),
            "done",
            "");
    try {
      var _ = store.append(turn, event);
      away = false;
      return true;
    } catch (StoreException e) {
      if (!away) {
        LOG.warn("the level holds and cannot be written down yet: {}", e.toString());
      }
      away = true;
      return false;
    }
  }
}
