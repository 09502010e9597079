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
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Plays a rain per case, and breaks something in each.
public final class Chaos {
  /// One rain's rounds are bounded, and a law that is broken should not have too many suspects.
  private static final int CASES_A_RAIN = 30;

  /// One spare round for so many cases, and one at least: who takes long to come back takes the
  /// next one's.
  private static final int SPARE_EACH = 6;

  private final StackAccess stack;
  private final Progress progress;
  private final Waits waits;
  private final Function<Progress, Rain> rains;
  private final Optional<Detours> detours;

  /// @param detours of a stack whose ways lead through them
  /// @param rains makes a rain that reports to the progress given
  public Chaos(
      StackAccess stack,
      Optional<Detours> detours,
      Progress progress,
      Waits waits,
      Function<Progress, Rain> rains) {
    this.stack = stack;
    this.detours = detours;
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
    int roundSeconds = (int) Math.max(20, one.pause().toSeconds() + 16);
    RainOptions rain =
        RainOptions.of(options.users(), options.rounds(), options.seed())
            .withRoundSeconds(roundSeconds);
    return play(List.of(one), rain, Results::ofRain).getFirst();
  }

  /// Several cases to a rain, cash and things, each in a round of its own.
  public ChaosReport run(List<OrderCenterCases.Group> groups, int users, long seed) {
    var results = new ArrayList<ChaosReport.Result>();
    for (OrderCenterCases.Group group : groups) {
      for (int from = 0; from < group.cases().size(); from += CASES_A_RAIN) {
        List<ChaosCase> some =
            group.cases().subList(from, Math.min(group.cases().size(), from + CASES_A_RAIN));
        progress.phase("a rain of " + some.size() + " cases");
        RainOptions rain =
            RainOptions.of(users, some.size() + 2 + some.size() / SPARE_EACH, seed)
                .withRoundSeconds(group.roundSeconds())
                .withThings();
        List<ChaosReport.Result> played = play(some, rain, Results::ofRound);
        for (int i = 0; i < some.size(); i++) {
          progress.note(line(some.get(i), played.get(i)));
        }
        results.addAll(played);
      }
    }
    return new ChaosReport(results);
  }

  private List<ChaosReport.Result> play(
      List<ChaosCase> cases,
      RainOptions options,
      BiFunction<Attack, RainReport, ChaosReport.Result> result) {
    var witness = new Witness(progress);
    List<Attack> attacks =
        cases.stream().map(one -> new Attack(one, stack, detours, witness, waits)).toList();
    try {
      RainReport rain = rains.apply(witness).run(options, new Breaker(attacks, waits));
      return attacks.stream().map(attack -> result.apply(attack, rain)).toList();
    } catch (IllegalStateException e) {
      return attacks.stream()
          .map(attack -> Results.failed(attack, String.valueOf(e.getMessage())))
          .toList();
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
}
