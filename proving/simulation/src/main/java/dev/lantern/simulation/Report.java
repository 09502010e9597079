package dev.lantern.simulation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lantern.simulation.Simulation.Violation;
import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.fault.Hits;
import dev.lantern.simulation.fault.Steps;
import java.util.List;

/// What came of a number of runs.
public record Report(long firstSeed, int runs, long steps, Hits hits, List<Violation> violations) {
  public Report {
    violations = List.copyOf(violations);
  }

  /// Faults that never struck; none is expected before there were enough runs.
  public List<Fault> missing() {
    return runs < Simulation.ENOUGH_RUNS ? List.of() : hits.missing();
  }

  /// Pairs of a fault and a step that can occur and never did.
  public List<Hits.Pair> missingPairs() {
    return runs < Simulation.ENOUGH_FOR_PAIRS ? List.of() : hits.missingPairs();
  }

  /// No law was broken, and every fault was tried, at every step where it can strike.
  public boolean good() {
    return violations.isEmpty() && missing().isEmpty() && missingPairs().isEmpty();
  }

  public JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("seed", firstSeed);
    json.addProperty("runs", runs);
    json.addProperty("steps", steps);
    JsonArray broken = new JsonArray();
    for (Violation violation : violations) {
      JsonObject one = new JsonObject();
      one.addProperty("law", violation.law());
      one.addProperty("seed", violation.seed());
      one.addProperty("what", violation.what());
      broken.add(one);
    }
    json.add("violations", broken);
    json.add("mutations", new JsonArray());
    JsonObject struck = new JsonObject();
    for (Fault fault : Fault.values()) {
      JsonObject steps = new JsonObject();
      hits.of(fault).forEach(steps::addProperty);
      struck.add(fault.name(), steps);
    }
    json.add("hits", struck);
    JsonArray never = new JsonArray();
    missing().forEach(fault -> never.add(fault.name()));
    missingPairs().forEach(pair -> never.add(pair.toString()));
    json.addProperty("possible_pairs", hits.possiblePairs());
    JsonObject notTaken = new JsonObject();
    Steps.notTaken().forEach(notTaken::addProperty);
    json.add("steps_not_taken", notTaken);
    JsonObject seldom = new JsonObject();
    hits.steps().stream()
        .filter(hits::isSeldom)
        .forEach(step -> seldom.addProperty(step, hits.calls(step)));
    json.add("steps_seldom_taken", seldom);
    json.add("never_hit", never);
    JsonObject tallies = new JsonObject();
    hits.tallies().forEach(tallies::addProperty);
    json.add("tallies", tallies);
    return json;
  }
}
