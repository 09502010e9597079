package dev.lantern.controlplane.audit;

import java.util.List;

/// The record of what was done: appended and read, never changed.
///
/// Every call ends within seconds, with an exception of `dev.lantern.stores.sql` when the database
/// is not there.
public interface AuditStore {
  /// Writes down something that changed nothing else: a refusal.
  void append(AuditEvent event);

  /// Events below a number, newest first; those alone whose action begins so.
  List<AuditEvent> list(long below, String actionPrefix, int most);
}
