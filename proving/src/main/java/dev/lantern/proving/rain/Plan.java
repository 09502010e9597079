package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a rain plays: a campaign of the run's own, and when what opens.
interface Plan {
  String runId();

  RainOptions options();

  /// In the order in which they are played.
  List<RoundPlan> rounds();

  /// As CampaignService takes it.
  String document();

  RunRecord record(String ledgerBirth, Instant startedAt);

  /// The round as this user plays it.
  default RoundPlan roundOf(int user, RoundPlan round) {
    return round;
  }

  /// By how much the servers' clocks may be wrong: around a border, so long, either may be right.
  default Duration clocksDiffer() {
    return Duration.ZERO;
  }

  /// The first round for everyone.
  default RoundPlan firstForAll() {
    return rounds().stream().filter(round -> !round.insidersOnly()).findFirst().orElseThrow();
  }
}
