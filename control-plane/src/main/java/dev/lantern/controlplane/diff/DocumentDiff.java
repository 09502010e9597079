package dev.lantern.controlplane.diff;

import dev.lantern.controlplane.policy.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// A document that differs.
public record DocumentDiff(String name, Change change, Unified.Text text) {

  public static List<DocumentDiff> between(List<Document> before, List<Document> after) {
    var old = new TreeMap<String, String>();
    var now = new TreeMap<String, String>();
    before.forEach(document -> old.put(document.name(), document.yaml()));
    after.forEach(document -> now.put(document.name(), document.yaml()));
    var names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    var diffs = new ArrayList<DocumentDiff>();
    for (String name : names) {
      String was = old.getOrDefault(name, "");
      String is = now.getOrDefault(name, "");
      Change change =
          !old.containsKey(name)
              ? Change.ADDED
              : now.containsKey(name) ? Change.CHANGED : Change.REMOVED;
      if (change != Change.CHANGED || !was.equals(is)) {
        diffs.add(new DocumentDiff(name, change, Unified.of(was, is)));
      }
    }
    return diffs;
  }
}
