package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.reconcile.Leadership;
import dev.lantern.ordercenter.reconcile.Marks;
import java.time.Instant;
import java.util.Optional;

/// The seat of [Marks] over [Tables]. No pass that keeps its place is played.
public final class SimMarks implements Marks {
  private final Tables tables;

  public SimMarks(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Seat leader() {
    return tables.seat;
  }

  @Override
  public Optional<Leadership> take(Seat seen, String me) {
    if (!tables.seat.equals(seen)) {
      return Optional.empty();
    }
    tables.seat = new Seat(me, seen.epoch() + 1, seen.seq() + 1);
    return Optional.of(new Leadership(me, seen.epoch() + 1));
  }

  @Override
  public boolean touch(Leadership mine) {
    return isLedBy(tables, mine);
  }

  /// Whether it is theirs to write; the seat's row moves.
  static boolean isLedBy(Tables tables, Leadership mine) {
    Seat seat = tables.seat;
    boolean theirs = seat.owner().equals(mine.owner()) && seat.epoch() == mine.epoch();
    if (theirs) {
      tables.seat = new Seat(seat.owner(), seat.epoch(), seat.seq() + 1);
    }
    return theirs;
  }

  @Override
  public Instant position(String pass) {
    throw new IllegalStateException("no pass keeps its place here");
  }

  @Override
  public void advance(Leadership mine, String pass, Instant from, Instant to) {
    throw new IllegalStateException("no pass keeps its place here");
  }
}
