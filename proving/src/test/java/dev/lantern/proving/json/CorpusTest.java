package dev.lantern.proving.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our edge answers what grpc-gateway is recorded to have answered, but for the differences named.
@Tag("mesh")
final class CorpusTest {
  @TempDir Path folder;

  @Test
  void everyRequest_isAnsweredAsRecorded() throws Exception {
    var checkout = Path.of(System.getProperty("lantern.checkout", ".."));
    var machine =
        new JsonPlace.Machine(
            checkout, System.getenv(), new SecureRandom(), InstantSource.system());
    CorpusReport report = new Corpus(machine, folder).beside();
    assertThat(report.wrong()).isEmpty();
    assertThat(report.same()).isGreaterThan(report.cases() * 3 / 4);
  }
}
