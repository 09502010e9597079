package dev.lantern.controlplane.rollout;

import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.RevisionStore;
import dev.lantern.controlplane.policy.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a document was before it held a rule that has expired.
final class EarlierText {
  static final int MOST_STEPS_BACK = 100;

  private final RevisionStore store;
  private final DocumentReader reader;

  EarlierText(RevisionStore store, DocumentReader reader) {
    this.store = store;
    this.reader = reader;
  }

  /// The documents of a policy that hold a rule that has expired.
  static Set<String> due(Policy policy, Instant now) {
    var due = new TreeSet<String>();
    for (Rule rule : policy.rules()) {
      if (rule.about().expires().filter(end -> !end.isAfter(now)).isPresent()) {
        due.add(rule.origin().document());
      }
    }
    return due;
  }

  boolean isDue(Document document, Instant now) {
    return !due(reader.read(List.of(document)).policy(), now).isEmpty();
  }

  /// The newest earlier text that holds no expired rule; empty when there was none.
  Optional<String> of(Document document, Instant now) {
    Document at = document;
    for (int step = 0; step < MOST_STEPS_BACK; step++) {
      Optional<Document> earlier =
          store.find(at.since() - 1).flatMap(revision -> named(revision, document.name()));
      if (earlier.isEmpty()) {
        return Optional.empty();
      }
      at = earlier.get();
      if (!isDue(at, now)) {
        return Optional.of(at.yaml());
      }
    }
    return Optional.empty();
  }

  private static Optional<Document> named(Revision revision, String name) {
    return revision.documents().stream().filter(one -> one.name().equals(name)).findFirst();
  }
}
