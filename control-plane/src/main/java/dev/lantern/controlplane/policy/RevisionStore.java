package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.audit.AuditEvent;
import java.util.List;
import java.util.Optional;

/// The history of the policy: revisions are appended and read, never changed.
///
/// Every call ends within seconds, with an exception of `dev.lantern.stores.sql` when the database
/// is not there.
public interface RevisionStore {
  /// The newest revision, or [Revision#none()].
  Revision newest();

  Optional<Revision> find(long number);

  /// The revision that this request made, if it made one.
  Optional<Revision> byRequest(String requestId);

  /// Revisions below a number, newest first, without their documents.
  List<Revision> list(long below, int most);

  /// Appends the next revision, with its entry in the record; false when another has taken its
  /// number.
  boolean append(Revision revision, String requestId, AuditEvent event);
}
