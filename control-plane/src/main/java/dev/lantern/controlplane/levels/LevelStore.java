package dev.lantern.controlplane.levels;

import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.levels.LevelChange.Decision;
import dev.lantern.controlplane.switches.SwitchChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The changes of level, each with its turn and its entry in the record in one transaction.
///
/// Every call ends within seconds, with an exception of `dev.lantern.stores.sql` when the database
/// is not there.
public interface LevelStore {
  Optional<LevelChange> byRequest(String requestId);

  Optional<LevelChange> find(long id);

  /// Writes a change down, entered at once when there is a turn; empty when the request id has made
  /// one already. The numbers in the arguments are ignored.
  Optional<LevelChange> append(
      LevelChange change, String requestId, Optional<SwitchChange> turn, AuditEvent event);

  /// Takes a change out of WAITING, if it is still in it and was asked for after `notBefore`; empty
  /// when not. With a turn it is entered.
  Optional<LevelChange> decide(
      long id,
      LevelChange.State to,
      Decision second,
      Instant notBefore,
      Optional<SwitchChange> turn,
      AuditEvent event);

  /// Writes a review down, if one is due; empty when not.
  Optional<LevelChange> review(long id, Decision reviewed, AuditEvent event);

  /// The turn that entered a change.
  Optional<SwitchChange> turnOf(LevelChange change);

  /// Changes below a number, newest first; `open`: those alone that somebody must still look at.
  List<LevelChange> list(long below, boolean open, int most);

  /// Changes that wait and were asked for before an instant.
  List<LevelChange> waitingSince(Instant before, int most);
}
