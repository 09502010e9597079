package dev.lantern.proving.laws;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The verdicts over one or several activities.
///
/// @param laws whether each law that was judged holds
/// @param examined how many comparisons each verdict rests on
public record LawReport(Map<Law, Boolean> laws, Map<Law, Long> examined, List<Finding> findings) {
  public LawReport {
    laws = Map.copyOf(laws);
    examined = Map.copyOf(examined);
    findings = List.copyOf(findings);
  }

  public boolean allHold() {
    return laws.values().stream().allMatch(Boolean::booleanValue);
  }

  /// Both together: a law holds if it holds in both.
  public LawReport and(LawReport other) {
    var laws = new EnumMap<Law, Boolean>(Law.class);
    var examined = new EnumMap<Law, Long>(Law.class);
    for (LawReport report : List.of(this, other)) {
      report.laws.forEach((law, holds) -> laws.merge(law, holds, Boolean::logicalAnd));
      report.examined.forEach((law, things) -> examined.merge(law, things, Long::sum));
    }
    var findings = new ArrayList<>(this.findings);
    findings.addAll(other.findings);
    return new LawReport(laws, examined, findings);
  }

  public static LawReport nothing() {
    return new LawReport(Map.of(), Map.of(), List.of());
  }
}
