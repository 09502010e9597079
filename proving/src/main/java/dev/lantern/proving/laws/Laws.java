package dev.lantern.proving.laws;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/// All laws, judged over one activity's facts.
public final class Laws {
  private static final List<LawCheck> CHECKS =
      List.of(
          new OnceCheck(),
          new CapCheck(),
          new DrainCheck(),
          new KeepCheck(),
          new SumCheck(),
          new ViewCheck(),
          new CountCheck(),
          new ApartCheck(),
          new PlainCheck());

  private Laws() {}

  /// Every law, where a run's client logs are there; otherwise those that the stores can tell of
  /// alone. In a run, a law with nothing to examine does not hold.
  public static LawReport check(Facts facts) {
    var laws = new EnumMap<Law, Boolean>(Law.class);
    var examined = new EnumMap<Law, Long>(Law.class);
    var findings = new ArrayList<Finding>();
    for (LawCheck check : CHECKS) {
      Law law = check.law();
      if (facts.run().isEmpty() && !law.judgedByStoresAlone()) {
        continue;
      }
      Examined result = check.check(facts);
      var found = new ArrayList<>(result.findings());
      if (facts.drained() && result.things() == 0) {
        found.add(
            Finding.of(
                law,
                "NOTHING_EXAMINED",
                law + " had nothing to compare in " + facts.stores().parentId(),
                "Look why the run left no such evidence."));
      }
      laws.put(law, found.isEmpty());
      examined.put(law, result.things());
      findings.addAll(found);
    }
    return new LawReport(laws, examined, findings);
  }
}
