package dev.lantern.controlplane.levels;

import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.switches.Load;
import dev.lantern.controlplane.switches.SwitchBoard;
import dev.lantern.controlplane.switches.SwitchChange;
import dev.lantern.controlplane.switches.SwitchStore;
import dev.lantern.controlplane.switches.SwitchTable;
import dev.lantern.stores.sql.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Enters and leaves the automatic levels as [Hysteresis] decides.
///
/// A turn holds for [#LASTING] and is prolonged while somebody measures, so that a level ends by
/// itself when its measurements, or we, are gone. It is written down where that can be done; it
/// takes effect all the same while the database is away, for it is then that load is high. Its
/// start is whatever the table says: after a restart it goes on from the level in force.
public final class LevelPilot {
  /// While this switch of the catalogue is off, no level comes by itself.
  public static final String SWITCH = "level.automatic";

  static final Duration LASTING = Duration.ofSeconds(60);
  private static final Logger LOG = LoggerFactory.getLogger(LevelPilot.class);

  private final SwitchBoard board;
  private final SwitchStore store;
  private final Load load;
  private final InstantSource clock;
  private Hysteresis.State state;

  public LevelPilot(SwitchBoard board, SwitchStore store, Load load, InstantSource clock) {
    this.board = board;
    this.store = store;
    this.load = load;
    this.clock = clock;
    this.state = Hysteresis.State.at(0, clock.instant());
  }

  /// Looks once; several times a second.
  public synchronized void tick() {
    Instant now = clock.instant();
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
    } else if (holds.isPresent() && busy.isPresent() && endsSoon(holds.get(), now)) {
      enter(rank, why + ", still", now);
    }
  }

  private static boolean mayAct(SwitchTable table, Instant now) {
    return table.find(SWITCH).map(entry -> table.value(entry, now) > 0).orElse(true);
  }

  /// Half of its time is over.
  private static boolean endsSoon(SwitchChange turn, Instant now) {
    return turn.expires()
        .filter(end -> now.isAfter(turn.at().plus(Duration.between(turn.at(), end).dividedBy(2))))
        .isPresent();
  }

  private void enter(int rank, String why, Instant now) {
    Duration lasting =
        board
            .table()
            .levels()
            .find(rank)
            .map(Rule.Level::longest)
            .filter(longest -> longest.compareTo(LASTING) < 0)
            .orElse(LASTING);
    var turn =
        new SwitchChange(
            board.table().revision(),
            SwitchChange.AUTOMATIC_LEVEL,
            rank,
            Signed.OURSELVES,
            why,
            now,
            rank == 0 ? Optional.empty() : Optional.of(now.plus(lasting)));
    LOG.warn("level L{} by itself: {}", rank, why);
    board.turn(written(turn));
  }

  private SwitchChange written(SwitchChange turn) {
    var event =
        AuditEvent.of(
            turn.at(),
            "level.automatic",
            "L" + turn.perTenThousand(),
            Signed.ourselves(turn.reason()),
            "done",
            "");
    try {
      return store.append(turn, event);
    } catch (StoreException e) {
      LOG.warn("the level holds and cannot be written down: {}", e.toString());
      return turn;
    }
  }
}
