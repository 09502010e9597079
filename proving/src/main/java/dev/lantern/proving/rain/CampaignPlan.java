package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.RunRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// The campaign of one run: an activity of its own, with a short round for insiders at stage
/// INTERNAL and then the rounds for everyone, alternating between two scenes: one falls back to a
/// smaller reward, the other to a blessing. Every id begins with the run's, so nothing of it was
/// ever used before.
record CampaignPlan(String runId, RainOptions options, List<Long> insiders, List<RoundPlan> rounds)
    implements Plan {

  /// The scene of things, behind the run's id.
  static final String THINGS = "-c";

  private static final int THINGS_EACH = 4;
  private static final int CINEMA_TICKET = 10;

  static CampaignPlan of(RainOptions options, String runId, Instant now, List<Long> insiders) {
    Pace pace = Pace.of(options);
    var rounds = new ArrayList<RoundPlan>();
    // Campaign times are whole seconds.
    Instant opens = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).plus(Pace.LEAD);
    rounds.add(
        new RoundPlan(
            runId + "-in",
            runId + "-internal",
            1,
            opens,
            opens.plus(Pace.INSIDERS),
            Pace.INSIDERS.dividedBy(4),
            insiders));
    for (int i = 1; i <= options.rounds(); i++) {
      opens = rounds.getLast().closes().plus(Pace.GAP);
      var tail = i == options.rounds() ? pace.lastTail() : pace.tail();
      rounds.add(
          new RoundPlan(
              runId + (i % 2 == 1 ? "-a" : "-b"),
              runId + "-official",
              i,
              opens,
              opens.plus(pace.window()).plus(tail),
              pace.window(),
              List.of()));
    }
    return new CampaignPlan(runId, options, List.copyOf(insiders), List.copyOf(rounds));
  }

  /// The round as this user plays it: where there are things, every fourth plays for those, at the
  /// same time.
  @Override
  public RoundPlan roundOf(int user, RoundPlan round) {
    if (!options.things() || round.insidersOnly() || user % THINGS_EACH != 0) {
      return round;
    }
    return new RoundPlan(
        runId + THINGS,
        round.childId(),
        round.rainId(),
        round.opens(),
        round.closes(),
        round.window(),
        List.of());
  }

  String thingsBudget() {
    return runId + "-things";
  }

  String mainBudget() {
    return runId + "-main";
  }

  String smallBudget() {
    return runId + "-small";
  }

  /// The insiders' round spends from the main budget, too: `--budget` bounds all but fallbacks.
  List<RunRecord.Budget> budgets() {
    var budgets = new ArrayList<RunRecord.Budget>();
    budgets.add(new RunRecord.Budget(mainBudget(), options.budget()));
    budgets.add(
        new RunRecord.Budget(
            smallBudget(), RainOptions.MAX_AMOUNT_FEN + 10L * options.users() * options.rounds()));
    if (options.things()) {
      budgets.add(new RunRecord.Budget(thingsBudget(), 2L * options.users() * options.rounds()));
    }
    return List.copyOf(budgets);
  }

  @Override
  public String document() {
    return CampaignYaml.of(this);
  }

  @Override
  public RunRecord record(String ledgerBirth, Instant startedAt) {
    return new RunRecord(
        runId,
        ledgerBirth,
        startedAt.toString(),
        runId,
        options.users(),
        options.seed(),
        options.thresholdPercent(),
        options.fixedFen(),
        List.of(
            new RunRecord.Child(runId + "-internal", "INTERNAL", insiders),
            new RunRecord.Child(runId + "-official", "OFFICIAL", List.of())),
        scenes(),
        budgets(),
        false);
  }

  private List<RunRecord.Scene> scenes() {
    var scenes = new ArrayList<RunRecord.Scene>();
    boolean falls = options.thresholdPercent() > 0;
    scenes.add(
        new RunRecord.Scene(
            runId + "-in", runId + "-internal", "insider", mainBudget(), "", "", rounds("-in")));
    scenes.add(
        new RunRecord.Scene(
            runId + "-a",
            runId + "-official",
            "main",
            mainBudget(),
            falls ? "small" : "",
            falls ? smallBudget() : "",
            rounds("-a")));
    if (options.rounds() > 1) {
      scenes.add(
          new RunRecord.Scene(
              runId + "-b", runId + "-official", "main", mainBudget(), "", "", rounds("-b")));
    }
    if (options.things()) {
      scenes.add(
          new RunRecord.Scene(
              runId + THINGS,
              runId + "-official",
              "ticket",
              thingsBudget(),
              "",
              "",
              CINEMA_TICKET,
              everyRound()));
    }
    return List.copyOf(scenes);
  }

  private List<RunRecord.Round> everyRound() {
    return rounds.stream().filter(round -> !round.insidersOnly()).map(CampaignPlan::round).toList();
  }

  private static RunRecord.Round round(RoundPlan round) {
    return new RunRecord.Round(round.rainId(), round.opens().toString(), round.closes().toString());
  }

  private List<RunRecord.Round> rounds(String scene) {
    return rounds.stream()
        .filter(round -> round.sceneId().equals(runId + scene))
        .map(CampaignPlan::round)
        .toList();
  }
}
