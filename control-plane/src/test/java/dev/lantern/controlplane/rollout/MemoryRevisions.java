package dev.lantern.controlplane.rollout;

import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.AuditStore;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.RevisionStore;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The history of the policy, and the record, in memory; they can be away, and somebody can be
/// faster.
final class MemoryRevisions implements RevisionStore, AuditStore {
  final List<AuditEvent> events = new ArrayList<>();
  boolean away;

  /// Another control plane appends this just before the next append of ours, under this request.
  Optional<String> faster = Optional.empty();

  private final List<Revision> revisions = new ArrayList<>();
  private final Map<String, Revision> requests = new HashMap<>();

  @Override
  public Revision newest() {
    here();
    return revisions.isEmpty() ? Revision.none() : revisions.getLast();
  }

  @Override
  public Optional<Revision> find(long number) {
    here();
    return revisions.stream().filter(revision -> revision.number() == number).findFirst();
  }

  @Override
  public Optional<Revision> byRequest(String requestId) {
    here();
    return Optional.ofNullable(requests.get(requestId));
  }

  @Override
  public List<Revision> list(long below, int most) {
    here();
    return revisions.reversed().stream()
        .filter(revision -> revision.number() < below)
        .limit(most)
        .toList();
  }

  @Override
  public boolean append(Revision revision, String requestId, AuditEvent event) {
    here();
    faster.ifPresent(theirs -> keep(revision, theirs));
    if (faster.isPresent()) {
      faster = Optional.empty();
      return false;
    }
    keep(revision, requestId);
    append(event);
    return true;
  }

  @Override
  public void append(AuditEvent event) {
    here();
    events.add(event);
  }

  @Override
  public List<AuditEvent> list(long below, String actionPrefix, int most) {
    throw new UnsupportedOperationException("the tests read the list itself");
  }

  private void keep(Revision revision, String requestId) {
    revisions.add(revision);
    requests.put(requestId, revision);
  }

  private void here() {
    if (away) {
      throw new StoreUnavailableException("away", null);
    }
  }
}
