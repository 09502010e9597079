package dev.lantern.proving.chaos;

import dev.lantern.proving.rain.RainReport;
import dev.lantern.proving.rain.RoundBooks;
import java.util.List;
import java.util.Map;

/// What came of an attack, from it and from its rain.
final class Results {
  private Results() {}

  /// Of a rain that was its own.
  static ChaosReport.Result ofRain(Attack attack, RainReport rain) {
    var books =
        new RoundBooks(
            rain.accepted(),
            rain.settled(),
            rain.parked(),
            rain.conflicts(),
            rain.lost(),
            rain.refusedByReason());
    return result(attack, rain, books);
  }

  /// Of the round it was done in.
  static ChaosReport.Result ofRound(Attack attack, RainReport rain) {
    return result(attack, rain, rain.byRound().getOrDefault(attack.rainId(), RoundBooks.NONE));
  }

  private static ChaosReport.Result result(Attack attack, RainReport rain, RoundBooks books) {
    return new ChaosReport.Result(
        attack.chaosCase().target(),
        Choice.fault(attack.chaosCase()),
        rain.run(),
        books.acknowledged(),
        books.booked(),
        books.parked(),
        books.conflicts(),
        books.refused(),
        books.lost(),
        rain.drained(),
        rain.laws(),
        rain.findings(),
        attack.faultS(),
        attack.recoveryS(),
        attack.rolledBackS(),
        attack.problem());
  }

  /// Of a rain that was not played to its end.
  static ChaosReport.Result failed(Attack attack, String problem) {
    return new ChaosReport.Result(
        attack.chaosCase().target(),
        Choice.fault(attack.chaosCase()),
        "",
        0,
        0,
        0,
        0,
        Map.of(),
        0,
        false,
        Map.of(),
        List.of(),
        attack.faultS(),
        attack.recoveryS(),
        attack.rolledBackS(),
        problem);
  }
}
