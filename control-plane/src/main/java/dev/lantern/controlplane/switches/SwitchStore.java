package dev.lantern.controlplane.switches;

import dev.lantern.controlplane.audit.AuditEvent;
import java.util.List;

/// The history of switches. Every call ends within seconds, with an exception of
/// `dev.lantern.stores.sql` when the database is not there.
public interface SwitchStore {
  /// The newest turn of each switch that was ever turned.
  List<SwitchChange> newest();

  /// Writes a turn down, with its entry in the record, and gives it its number; the number in the
  /// argument is ignored.
  SwitchChange append(SwitchChange change, AuditEvent event);
}
