package dev.lantern.proving.chaos;

import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Books;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Rain;
import dev.lantern.proving.rain.RainOptions;
import dev.lantern.proving.rain.RainReport;
import dev.lantern.proving.rain.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Plays a rain per case, and breaks something in each.
public final class Chaos {
  private final StackAccess stack;
  private final Progress progress;
  private final Waits waits;
  private final Function<Progress, Rain> rains;

  /// @param rains makes a rain that reports to the progress given
  public Chaos(StackAccess stack, Progress progress, Waits waits, Function<Progress, Rain> rains) {
    this.stack = stack;
    this.progress = progress;
    this.waits = waits;
    this.rains = rains;
  }

  /// What to break, and in how much of a rain.
  ///
  /// @param rounds the fault comes in the first; the others show how it goes on afterwards
  public record ChaosOptions(List<ChaosCase> cases, int users, int rounds, long seed) {
    public static final int USERS = 300;
    private static final int ROUNDS = 2;

    public ChaosOptions(List<ChaosCase> cases, int users, long seed) {
      this(cases, users, ROUNDS, seed);
    }
  }

  public ChaosReport run(ChaosOptions options) {
    var results = new ArrayList<ChaosReport.Result>();
    for (ChaosCase one : options.cases()) {
      progress.phase("case: " + one.name());
      ChaosReport.Result result = run(one, options);
      progress.note(line(one, result));
      results.add(result);
    }
    return new ChaosReport(results);
  }

  /// One case in a rain of its own, whose rounds are open well past the fault.
  public ChaosReport.Result run(ChaosCase one, ChaosOptions options) {
    var witness = new Witness(progress);
    var breaker = new Breaker(one, stack, witness, waits);
    int roundSeconds = (int) Math.max(20, one.pause().toSeconds() + 16);
    RainOptions rain =
        RainOptions.of(options.users(), options.rounds(), options.seed())
            .withRoundSeconds(roundSeconds);
    try {
      return result(one, rains.apply(witness).run(rain, breaker), breaker);
    } catch (IllegalStateException e) {
      return failed(one, breaker, String.valueOf(e.getMessage()));
    }
  }

  private static String line(ChaosCase one, ChaosReport.Result result) {
    return "%s: %s; acknowledged %d, booked %d, parked %d, recovered after %.1f s%s"
        .formatted(
            one.name(),
            result.good() ? "every law holds" : "FAILED " + result.problem(),
            result.acknowledged(),
            result.booked(),
            result.parked(),
            result.recoveryS(),
            result.findings().stream()
                .limit(5)
                .map(Books::finding)
                .collect(Collectors.joining("\n", "\n", ""))
                .stripTrailing());
  }

  private static ChaosReport.Result result(ChaosCase one, RainReport rain, Breaker breaker) {
    return new ChaosReport.Result(
        one.target(),
        fault(one),
        rain.run(),
        rain.accepted(),
        rain.settled(),
        rain.parked(),
        rain.conflicts(),
        rain.lost(),
        rain.drained(),
        rain.laws(),
        rain.findings(),
        breaker.recoveryS(),
        breaker.rolledBackS(),
        breaker.problem());
  }

  private static ChaosReport.Result failed(ChaosCase one, Breaker breaker, String problem) {
    return new ChaosReport.Result(
        one.target(),
        fault(one),
        "",
        0,
        0,
        0,
        0,
        0,
        false,
        Map.of(),
        List.of(),
        breaker.recoveryS(),
        breaker.rolledBackS(),
        problem);
  }

  private static String fault(ChaosCase one) {
    return one.fault().name().toLowerCase(Locale.ROOT);
  }
}
