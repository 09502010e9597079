package dev.lantern.proving.json;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What came of a corpus.
///
/// @param known how many cases show each difference that is named
/// @param wrong what nobody has named, a line each
public record CorpusReport(int cases, int same, Map<String, Integer> known, List<String> wrong) {
  public CorpusReport {
    known = Map.copyOf(known);
    wrong = List.copyOf(wrong);
  }

  static CorpusReport of(List<Played> played) {
    var known = new EnumMap<Difference, Integer>(Difference.class);
    var wrong = new ArrayList<String>();
    int same = 0;
    for (Played one : played) {
      switch (Verdict.of(one)) {
        case Verdict.Same _ -> same++;
        case Verdict.Known it -> known.merge(it.difference(), 1, Integer::sum);
        case Verdict.Wrong it -> wrong.add(one.one().name() + ": " + it.why());
      }
    }
    for (Difference difference : Difference.values()) {
      if (!known.containsKey(difference)) {
        wrong.add("no case shows " + difference + " any more");
      }
    }
    var names = new java.util.HashMap<String, Integer>();
    known.forEach((difference, count) -> names.put(difference.name(), count));
    return new CorpusReport(played.size(), same, names, wrong);
  }

  public boolean sound() {
    return wrong.isEmpty();
  }

  public String json() {
    var json = new JsonObject();
    json.addProperty("cases", cases);
    json.addProperty("same", same);
    var differences = new JsonObject();
    known.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(it -> differences.addProperty(it.getKey(), it.getValue()));
    json.add("differences", differences);
    var all = new com.google.gson.JsonArray();
    wrong.forEach(all::add);
    json.add("wrong", all);
    return new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create().toJson(json);
  }

  public String text() {
    var text = new StringBuilder();
    text.append("  %d requests: %d the same at both%n".formatted(cases, same));
    known.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(it -> text.append("  %4d differ by %s%n".formatted(it.getValue(), it.getKey())));
    wrong.forEach(it -> text.append("  WRONG ").append(it).append(System.lineSeparator()));
    return text.toString().stripTrailing();
  }
}
