package dev.lantern.ordercenter.reconcile;

import java.time.Instant;
import java.util.Optional;

/// Who makes the passes, and how far each has come. Each call is one short transaction.
public interface Marks {
  /// The row `leader` as it stands, made if it is not there.
  Seat leader();

  /// Takes the seat as it was seen; empty when it has changed since.
  Optional<Leadership> take(Seat seen, String me);

  /// Moves the seat's seq, so that nobody takes it; false when it is another's.
  boolean touch(Leadership mine);

  /// How far a pass has come: what was booked until then is done.
  Instant position(String pass);

  /// Moves a pass on.
  ///
  /// @throws LeadershipLost when it is another's to move
  void advance(Leadership mine, String pass, Instant from, Instant to);

  /// The row `leader`.
  record Seat(String owner, long epoch, long seq) {}
}
