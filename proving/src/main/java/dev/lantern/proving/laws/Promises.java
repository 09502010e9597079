package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.Call;
import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.clientlog.Told;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the clients asked for and were promised, by order number. The numbers are made here from
/// the contract (`{act_id}_{scene_id}_{rain_id}_{award_type}_{stage}`), not taken from answers.
final class Promises {
  private static final Map<String, Integer> STAGES =
      Map.of("INTERNAL", 1, "GREY", 2, "OFFICIAL", 3);

  private final Map<String, Long> firstSentNs;
  private final Map<String, List<Ack>> acks;

  private Promises(Map<String, Long> firstSentNs, Map<String, List<Ack>> acks) {
    this.firstSentNs = firstSentNs;
    this.acks = acks;
  }

  /// One acceptance that a client was told of.
  record Ack(ClientEntry entry, Told.Accepted told) {
    /// What was promised, whoever asked and however often.
    Outcome outcome() {
      return new Outcome(told.awardType(), told.rewardId(), told.amountFen(), told.fallback());
    }
  }

  record Outcome(String awardType, String rewardId, long amountFen, boolean fallback) {}

  static Promises of(RunRecord run, List<ClientEntry> log) {
    var firstSentNs = new LinkedHashMap<String, Long>();
    var acks = new LinkedHashMap<String, List<Ack>>();
    for (ClientEntry entry : log) {
      if (entry.call() != Call.GRAB) {
        continue;
      }
      numberOf(run, entry)
          .ifPresent(number -> firstSentNs.merge(number, entry.sentNs(), Math::min));
      if (entry.told() instanceof Told.Accepted accepted) {
        acks.computeIfAbsent(accepted.orderNo(), _ -> new ArrayList<>())
            .add(new Ack(entry, accepted));
      }
    }
    return new Promises(firstSentNs, acks);
  }

  /// The number a grab must get; empty for a scene or round that was never declared.
  static Optional<String> numberOf(RunRecord run, ClientEntry grab) {
    return run.scene(grab)
        .filter(scene -> scene.rounds().stream().anyMatch(round -> round.rainId() == grab.rainId()))
        .flatMap(scene ->
            run.child(scene.childId())
                .map(child ->
                    "%d_%s_%d_%d_%d"
                        .formatted(
                            grab.actId(),
                            grab.sceneId(),
                            grab.rainId(),
                            scene.awardType(),
                            stageNumber(child.stage()))));
  }

  static int stageNumber(String stage) {
    Integer number = STAGES.get(stage);
    if (number == null) {
      throw new IllegalArgumentException("no such stage: " + stage);
    }
    return number;
  }

  /// All acceptances by order number, each number's in the order they were sent.
  Map<String, List<Ack>> acks() {
    return acks;
  }

  /// When each number was first asked for, whatever came of it.
  Map<String, Long> firstSentNs() {
    return firstSentNs;
  }

  /// The different outcomes promised under one number: one, unless Redis was lost.
  Set<Outcome> outcomes(String orderNo) {
    var outcomes = new LinkedHashSet<Outcome>();
    acks.getOrDefault(orderNo, List.of()).forEach(ack -> outcomes.add(ack.outcome()));
    return outcomes;
  }
}
