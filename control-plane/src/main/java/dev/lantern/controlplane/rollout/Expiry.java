package dev.lantern.controlplane.rollout;

import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.RevisionStore;
import dev.lantern.controlplane.policy.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends rules that have expired: their document is again what it was before it held one, or goes if
/// it was not there. (Such a rule is alone in its document; lint sees to that.)
///
/// It is an edit like any other, with a revision, a reason and a check; its request id names the
/// revision it ends, so a control plane that died after writing it down finds it written. An edit
/// that is refused is tried again every [#PAUSE]: the earlier document no longer fits the others,
/// and the refusal in the record says how.
public final class Expiry {
  static final int MOST_STEPS_BACK = 100;
  static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

  private final RevisionStore store;
  private final DocumentReader reader;
  private final Edits edits;
  private final InstantSource clock;
  private Instant notBefore = Instant.EPOCH;

  public Expiry(RevisionStore store, DocumentReader reader, Edits edits, InstantSource clock) {
    this.store = store;
    this.reader = reader;
    this.edits = edits;
    this.clock = clock;
  }

  /// Ends what is due in the policy that runs; once a second.
  public void tick(Revision running, Policy policy) {
    Instant now = clock.instant();
    Set<String> due = due(policy, now);
    if (due.isEmpty() || now.isBefore(notBefore)) {
      return;
    }
    var put = new HashMap<String, String>();
    var gone = new TreeSet<String>();
    for (Document document : running.documents()) {
      if (due.contains(document.name())) {
        Optional<String> before = before(document, now);
        before.ifPresentOrElse(
            yaml -> put.put(document.name(), yaml), () -> gone.add(document.name()));
      }
    }
    end(running, new Edits.Change.Over(Map.copyOf(put), Set.copyOf(gone)), due);
  }

  private void end(Revision running, Edits.Change change, Set<String> due) {
    Signed signed = Signed.ourselves(cut("expired: " + String.join(", ", due)));
    var edit =
        new Edits.Edit(
            change, running.etag(), signed, "expire-" + running.number(), "policy.expire");
    switch (edits.apply(edit)) {
      case Edits.Outcome.Applied applied ->
          LOG.info("revision {}: {}", applied.revision().number(), signed.reason());
      case Edits.Outcome.Rejected rejected -> {
        notBefore = clock.instant().plus(PAUSE);
        LOG.error("{} cannot be ended: {}", due, rejected.problems());
      }
      case Edits.Outcome.Stale _, Edits.Outcome.NoSuchRevision _ ->
          notBefore = clock.instant().plus(PAUSE);
    }
  }

  private static Set<String> due(Policy policy, Instant now) {
    var due = new TreeSet<String>();
    for (Rule rule : policy.rules()) {
      if (rule.about().expires().filter(end -> !end.isAfter(now)).isPresent()) {
        due.add(rule.origin().document());
      }
    }
    return due;
  }

  /// The newest earlier text of the document that holds no expired rule; empty when there was none.
  private Optional<String> before(Document document, Instant now) {
    Document at = document;
    for (int step = 0; step < MOST_STEPS_BACK; step++) {
      Optional<Document> earlier =
          store.find(at.since() - 1).flatMap(revision -> named(revision, document.name()));
      if (earlier.isEmpty()) {
        return Optional.empty();
      }
      at = earlier.get();
      if (due(reader.read(List.of(at)).policy(), now).isEmpty()) {
        return Optional.of(at.yaml());
      }
    }
    return Optional.empty();
  }

  private static Optional<Document> named(Revision revision, String name) {
    return revision.documents().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  private static String cut(String reason) {
    return reason.length() > 200 ? reason.substring(0, 200) : reason;
  }
}
