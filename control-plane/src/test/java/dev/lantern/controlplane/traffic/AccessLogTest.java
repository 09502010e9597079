package dev.lantern.controlplane.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.resources.Contracts;
import dev.lantern.controlplane.resources.EdgeRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessLogTest {
  private static final Instant NOW = Instant.parse("2027-02-05T12:00:00Z");

  @TempDir Path folder;

  @Test
  void requests_areFoundByTheirPath_whateverRefusedThem() throws IOException {
    String log =
        entry(
                "2027-02-05T11:59:58.123Z",
                "POST",
                "/v1/activities/a/scenes/s/rounds/1:grab?x=1",
                "7")
            + entry("2027-02-05T11:59:59.123Z", "POST", "/lantern.play.v1.PlayService/Grab", "8")
            + entry("2027-02-05T11:59:59.456Z", "GET", "/v1/activities/a/wallet", "-")
            + entry("2027-02-05T11:59:59.567Z", "POST", "/v1/activities/a/wallet", "5")
            + entry("2027-02-05T11:59:59.789Z", "GET", "/nothing/here", "9")
            + entry("2027-02-05T11:40:00.000Z", "GET", "/v1/activities/a/wallet", "9")
            + "{\"time\": \"2027-02-05T11:5";
    assertThat(read(log).requests())
        .containsExactly(
            new Request(Instant.parse("2027-02-05T11:59:58.123Z"), "play.grab", "7"),
            new Request(Instant.parse("2027-02-05T11:59:59.123Z"), "play.grab", "8"),
            new Request(Instant.parse("2027-02-05T11:59:59.456Z"), "wallet.get", ""),
            new Request(Instant.parse("2027-02-05T11:59:59.567Z"), "wallet.get", "5"));
  }

  @Test
  void longLog_isReadFromItsEnd_andSaysSo() throws IOException {
    String one = entry("2027-02-05T11:59:59.000Z", "GET", "/v1/activities/a/wallet", "9");
    int count = AccessLog.MOST_BYTES / one.length() + 100;
    Sample sample = read(one.repeat(count));
    assertThat(sample.truncated()).isTrue();
    assertThat(sample.requests()).hasSizeBetween(count - 102, count - 99);
  }

  @Test
  void noLog_isNoSample() {
    var log =
        new AccessLog(folder.resolve("none"), EdgeRoutes.of(Contracts.load()).all(), () -> NOW);
    assertThat(log.lately()).isEqualTo(Sample.none());
  }

  private Sample read(String text) throws IOException {
    Path file = folder.resolve("access.log");
    Files.writeString(file, text);
    return new AccessLog(file, EdgeRoutes.of(Contracts.load()).all(), () -> NOW).lately();
  }

  private static String entry(String time, String method, String path, String user) {
    return "{\"time\":\"%s\",\"method\":\"%s\",\"path\":\"%s\",\"act_id\":\"%s\",\"rule\":\"x\"}\n"
        .formatted(time, method, path, user);
  }
}
