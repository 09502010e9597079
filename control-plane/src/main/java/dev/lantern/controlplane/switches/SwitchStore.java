package dev.lantern.controlplane.switches;

import dev.lantern.controlplane.audit.AuditEvent;
import java.util.List;
import java.util.Optional;

/// The history of switches. Every call ends within seconds, with an exception of
/// `dev.lantern.stores.sql` when the database is not there.
public interface SwitchStore {
  /// The newest turn of each switch that was ever turned.
  List<SwitchChange> newest();

  /// Writes a turn down, with its entry in the record, and gives it its number; the number in the
  /// argument is ignored.
  SwitchChange append(SwitchChange change, AuditEvent event);

  /// Writes down that a turn has ended, with its entry in the record; empty, and nothing is
  /// written, when a younger turn of the name is there: that one holds.
  ///
  /// @param ended the number of the turn that ran out
  Optional<SwitchChange> end(SwitchChange end, long ended, AuditEvent event);
}
