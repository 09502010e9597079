package dev.lantern.simulation;

import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.fault.Hits;
import dev.lantern.simulation.fault.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Hits per fault and step as a terminal shows them: a line a step, a column a fault. A dot cannot
/// occur ([Steps] says why); NEVER can, and did not.
public final class HitsTable {
  private static final String STEP = "  %-42s";
  private static final String CELL = "%9s";

  private HitsTable() {}

  public static List<String> of(Hits hits) {
    List<Fault> atSteps = Arrays.stream(Fault.values()).filter(Steps::isOfSteps).toList();
    TreeSet<String> steps = new TreeSet<>(hits.steps());
    atSteps.forEach(fault -> steps.addAll(hits.of(fault).keySet()));
    List<String> lines = new ArrayList<>();
    lines.add(line("", atSteps, HitsTable::firstWord));
    lines.add(line("", atSteps, fault -> lastWord(fault)));
    for (String step : steps) {
      String head = "%-33s%9d".formatted(step, hits.calls(step));
      lines.add(line(head, atSteps, fault -> cell(hits, fault, step)));
    }
    lines.add(line("", atSteps, fault -> count(hits.total(fault))));
    for (Fault fault : Fault.values()) {
      if (!atSteps.contains(fault)) {
        lines.add(STEP.formatted(words(fault)) + CELL.formatted(count(hits.total(fault))));
      }
    }
    hits.tallies()
        .forEach((what, count) -> lines.add(STEP.formatted(what) + CELL.formatted(count)));
    return lines;
  }

  private static String line(String head, List<Fault> faults, Function<Fault, String> cell) {
    return STEP.formatted(head)
        + faults.stream().map(cell).map(CELL::formatted).collect(Collectors.joining());
  }

  private static String cell(Hits hits, Fault fault, String step) {
    long times = hits.of(fault).getOrDefault(step, 0L);
    if (times > 0 || !hits.isPossible(fault, step)) {
      return count(times);
    }
    return hits.isSeldom(step) ? "seldom" : "NEVER";
  }

  private static String count(long hits) {
    return hits == 0 ? "." : Long.toString(hits);
  }

  private static String words(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String firstWord(Fault fault) {
    String words = words(fault);
    int space = words.indexOf(' ');
    return space < 0 ? "" : words.substring(0, space);
  }

  private static String lastWord(Fault fault) {
    String words = words(fault);
    return words.substring(words.lastIndexOf(' ') + 1);
  }
}
