package dev.lantern.controlplane.check;

import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the policy would be: the newest revision with some documents put in its place.
///
/// @param number which revision it would be
/// @param documents all of them, those unchanged with the revision they are from
/// @param changed the names of those that differ from the newest revision
public record Candidate(long number, List<Document> documents, Set<String> changed) {
  public Candidate {
    documents = List.copyOf(documents);
    changed = Set.copyOf(changed);
  }

  /// Puts these documents over a revision; what is not named stays.
  public static Candidate over(Revision newest, Map<String, String> yamlByName) {
    return over(newest, yamlByName, Set.of());
  }

  /// The same, without some that were there.
  public static Candidate over(
      Revision newest, Map<String, String> yamlByName, Set<String> removed) {
    long number = newest.number() + 1;
    var merged = new LinkedHashMap<String, Document>();
    newest.documents().forEach(document -> merged.put(document.name(), document));
    removed.forEach(merged::remove);
    var changed = new ArrayList<String>();
    yamlByName.forEach((name, yaml) -> {
      Document before = merged.get(name);
      if (before == null || !before.yaml().equals(yaml)) {
        merged.put(name, new Document(name, yaml, number));
        changed.add(name);
      }
    });
    return new Candidate(number, List.copyOf(merged.values()), Set.copyOf(changed));
  }

  /// These documents and no others, as another revision had them.
  public static Candidate whole(Revision newest, List<Document> documents) {
    var wanted = new LinkedHashMap<String, String>();
    documents.forEach(document -> wanted.put(document.name(), document.yaml()));
    Set<String> gone =
        newest.documents().stream()
            .map(Document::name)
            .filter(name -> !wanted.containsKey(name))
            .collect(Collectors.toUnmodifiableSet());
    return over(newest, wanted, gone);
  }

  /// Ids of the rules that a change brought.
  Set<String> changedRules(Policy policy) {
    return policy.rules().stream()
        .filter(rule -> changed.contains(rule.origin().document()))
        .map(rule -> rule.id())
        .collect(Collectors.toUnmodifiableSet());
  }
}
