package dev.lantern.proving.clientlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ClientLogTest {
  @TempDir Path run;

  @ParameterizedTest
  @MethodSource("answers")
  void line_ofEveryKindOfAnswer_isReadAsItWasWritten(Told told) {
    ClientEntry entry = entry(7, 20, told);
    assertThat(ClientLine.read(ClientLine.write(entry))).isEqualTo(entry);
  }

  static Stream<Told> answers() {
    return Stream.of(
        new Told.Accepted("1_a_1_1_3", "CASH", "main", 88, true, false, "PROCESSING", true),
        new Told.Refused(
            "UNAVAILABLE", 503, "LIMITED", "lantern", "edge", "r", "", 1_000L, null, 1L),
        new Told.Refused("UNKNOWN", 0, "", "", "", "", "", null, -1L, null),
        new Told.Lost("HttpTimeoutException"),
        new Told.SessionOpened("live"),
        new Told.WalletShown("c", 5, 4, 1, 1, 5, true, List.of("tokens")),
        new Told.FlowsShown(
            List.of(new Told.FlowLine("DEPOSIT", "1_a_1_1_3", 5, "DONE")), List.of()),
        new Told.OrderShown("1_a_1_1_3", "SUCCESS", "c", "STAGE_OFFICIAL", "a", 5),
        new Told.CounterShown("x.opened", 3, 4, "A"));
  }

  @Test
  void logs_ofManyUsers_areReadInTheOrderOfSending() {
    try (ClientLog log = ClientLog.open(run)) {
      for (int user = 40; user > 0; user--) {
        log.append(entry(user, user, new Told.Lost("x")));
      }
    }
    assertThat(ClientLog.read(run)).extracting(ClientEntry::user).isSorted().hasSize(40);
  }

  @Test
  void log_cutOffInMidLine_losesThatLineAlone() throws IOException {
    try (ClientLog log = ClientLog.open(run)) {
      log.append(entry(0, 1, new Told.Lost("x")));
    }
    Path file = run.resolve("clients/00.jsonl");
    Files.writeString(file, "{\"user\": 0, \"act", StandardOpenOption.APPEND);
    assertThat(ClientLog.read(run)).hasSize(1);
  }

  @Test
  void log_withADamagedLine_isNoEvidence() throws IOException {
    try (ClientLog log = ClientLog.open(run)) {
      log.append(entry(0, 1, new Told.Lost("x")));
    }
    Path file = run.resolve("clients/00.jsonl");
    Files.writeString(file, "{\"user\": 0}\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> ClientLog.read(run)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void runRecord_isReadAsItWasWritten() {
    var record =
        new RunRecord(
            "r",
            "b",
            "2027-01-01T00:00:00Z",
            "r",
            2,
            1,
            10,
            0,
            List.of(new RunRecord.Child("c", "INTERNAL", List.of(5L))),
            List.of(
                new RunRecord.Scene(
                    "s",
                    "c",
                    "main",
                    "b1",
                    "",
                    "",
                    List.of(
                        new RunRecord.Round(1, "2027-01-01T00:00:00Z", "2027-01-01T00:00:10Z")))),
            List.of(new RunRecord.Budget("b1", 100)),
            false);
    record.write(run);
    record.asDrained().write(run);
    assertThat(RunRecord.read(run)).isEqualTo(record.asDrained());
  }

  private static ClientEntry entry(int user, long sent, Told told) {
    return new ClientEntry(
        user, 5, Protocol.GRPC, Call.GRAB, Intent.TWIN, sent, sent + 1, "s", 1, "what", told);
  }
}
