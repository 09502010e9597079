package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// A tree of three stages that follow one another while it rains: INTERNAL for the insiders, GREY
/// for half of the users, OFFICIAL for all. Each child has a scene with rounds, the last of one
/// closing when the first of the next opens; another scene, without rounds, stands in GREY and
/// OFFICIAL: there the time alone tells the stage. Each child spends from a budget of its own.
///
/// @param guests of GREY, the insiders among them
/// @param opens when the rehearsal begins
record StagesPlan(
    String runId, RainOptions options, List<Long> insiders, List<Long> guests, Instant opens)
    implements Plan {
  /// By how much the servers' clocks are wrong at most.
  static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

  private static final Duration REHEARSAL = Duration.ofSeconds(7);
  private static final Duration GREY = Duration.ofSeconds(12);
  private static final Duration OFFICIAL = Duration.ofSeconds(9);
  private static final Duration AFTERWARDS = Duration.ofDays(7);
  private static final long CAP_FEN = DrawnAmounts.MOST_FEN;

  static StagesPlan of(
      RainOptions options, String runId, Instant now, List<Long> insiders, List<Long> guests) {
    // Campaign times are whole seconds.
    return new StagesPlan(
        runId,
        options,
        List.copyOf(insiders),
        List.copyOf(guests),
        now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).plus(Pace.LEAD));
  }

  Instant greyOpens() {
    return opens.plus(REHEARSAL);
  }

  /// When GREY becomes OFFICIAL.
  Instant changeOver() {
    return greyOpens().plus(GREY);
  }

  @Override
  public Duration clocksDiffer() {
    return CLOCKS_DIFFER;
  }

  String child(String name) {
    return runId + "-" + name;
  }

  /// Of one child: what a grab names tells its child by the tree alone.
  String roundScene(String name) {
    return runId + "-r" + name.charAt(0);
  }

  /// The scene without rounds.
  String timedScene() {
    return runId + "-t";
  }

  /// Which child the scene without rounds belongs to at this time, as an upstream would have it.
  String timedChild(Instant openTime) {
    return child(openTime.isBefore(changeOver()) ? "grey" : "official");
  }

  @Override
  public List<RoundPlan> rounds() {
    Instant middle = greyOpens().plusSeconds(7);
    Instant end = changeOver().plus(OFFICIAL);
    return List.of(
        round("internal", 1, opens, greyOpens(), insiders),
        round("grey", 2, greyOpens(), middle, guests),
        round("grey", 3, middle, changeOver(), guests),
        round("official", 4, changeOver(), end, List.of()));
  }

  /// Users begin until the fastest clock has the round closed.
  private RoundPlan round(String name, int rain, Instant from, Instant to, List<Long> only) {
    Duration window = Duration.between(from, to).minus(CLOCKS_DIFFER);
    return new RoundPlan(roundScene(name), child(name), rain, from, to, window, only);
  }

  @Override
  public String document() {
    return StagesYaml.of(this);
  }

  Instant ends() {
    return changeOver().plus(AFTERWARDS);
  }

  long capFen() {
    return CAP_FEN;
  }

  List<RunRecord.Budget> budgets() {
    long each = Math.max(RainOptions.MAX_AMOUNT_FEN, 4L * CAP_FEN * options.users());
    return List.of(
        new RunRecord.Budget(child("official"), each),
        new RunRecord.Budget(child("grey"), each),
        new RunRecord.Budget(child("internal"), each));
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
        0,
        List.of(
            new RunRecord.Child(child("internal"), "INTERNAL", insiders),
            new RunRecord.Child(child("grey"), "GREY", guests),
            new RunRecord.Child(child("official"), "OFFICIAL", List.of())),
        scenes(),
        budgets(),
        false);
  }

  private List<RunRecord.Scene> scenes() {
    var scenes = new ArrayList<RunRecord.Scene>();
    for (String name : List.of("internal", "grey", "official")) {
      scenes.add(scene(roundScene(name), name, rounds(name)));
    }
    scenes.add(scene(timedScene(), "grey", List.of(always(greyOpens(), changeOver()))));
    scenes.add(scene(timedScene(), "official", List.of(always(changeOver(), ends()))));
    return List.copyOf(scenes);
  }

  private RunRecord.Scene scene(String id, String name, List<RunRecord.Round> rounds) {
    return new RunRecord.Scene(id, child(name), "packet", child(name), "", "", rounds);
  }

  /// How the logs write a scene without rounds.
  private static RunRecord.Round always(Instant from, Instant to) {
    return new RunRecord.Round(0, from.toString(), to.toString());
  }

  private List<RunRecord.Round> rounds(String name) {
    return rounds().stream()
        .filter(round -> round.childId().equals(child(name)))
        .map(round ->
            new RunRecord.Round(
                round.rainId(), round.opens().toString(), round.closes().toString()))
        .toList();
  }
}
