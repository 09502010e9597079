package dev.lantern.controlplane.rollout;

import dev.lantern.controlplane.check.Candidate;
import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.RevisionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What an edit makes of the documents, and whether a revision has it.
final class Wanted {
  private final RevisionStore store;
  private final EarlierText texts;

  Wanted(RevisionStore store, EarlierText texts) {
    this.store = store;
    this.texts = texts;
  }

  /// The policy as it would be; empty when there is no such revision to go back to.
  Optional<Candidate> candidate(Revision newest, Edits.Change change, Instant now) {
    return switch (change) {
      case Edits.Change.Over over ->
          Optional.of(Candidate.over(newest, over.yamlByName(), over.removed()));
      case Edits.Change.BackTo back ->
          store
              .find(back.revision())
              .map(revision -> Candidate.whole(newest, unexpired(newest, revision, now)));
    };
  }

  /// What has expired since does not come back: its document is what it was before, or stays away.
  private List<Document> unexpired(Revision newest, Revision back, Instant now) {
    var documents = new ArrayList<Document>();
    for (Document document : back.documents()) {
      if (runs(newest, document) || !texts.isDue(document, now)) {
        documents.add(document);
      } else {
        texts
            .of(document, now)
            .ifPresent(
                yaml -> documents.add(new Document(document.name(), yaml, document.since())));
      }
    }
    return documents;
  }

  private static boolean runs(Revision newest, Document document) {
    return newest.documents().stream()
        .anyMatch(one -> one.name().equals(document.name()) && one.yaml().equals(document.yaml()));
  }

  /// Whether a revision has what an edit asks for.
  boolean isIn(Revision made, Edits.Edit edit) {
    var yaml = new HashMap<String, String>();
    made.documents().forEach(document -> yaml.put(document.name(), document.yaml()));
    boolean signed =
        made.author().equals(edit.signed().author())
            && made.reason().equals(edit.signed().reason());
    return signed
        && switch (edit.change()) {
          case Edits.Change.Over over ->
              yaml.entrySet().containsAll(over.yamlByName().entrySet())
                  && over.removed().stream().noneMatch(yaml::containsKey);
          case Edits.Change.BackTo back ->
              store
                  .find(back.revision())
                  .filter(one -> comesBack(one, yaml, made.at()))
                  .isPresent();
        };
  }

  private boolean comesBack(Revision revision, Map<String, String> made, Instant at) {
    Set<String> names =
        revision.documents().stream().map(Document::name).collect(Collectors.toSet());
    return names.containsAll(made.keySet())
        && revision.documents().stream()
            .allMatch(document ->
                document.yaml().equals(made.get(document.name())) || texts.isDue(document, at));
  }
}
