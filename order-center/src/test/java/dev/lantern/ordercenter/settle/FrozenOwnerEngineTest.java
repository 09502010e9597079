package dev.lantern.ordercenter.settle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// S7: a process frozen inside its transaction does not keep its locks.
@Tag("engine")
@Timeout(120)
class FrozenOwnerEngineTest {
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(5);

  private final Engines engines = SharedEngines.with(Engine.MARIADB);
  private final Ledger ledger = Ledger.open(engines);
  private final LogName log = ledger.log("topicF", 8);
  private final MysqlOffsetStore offsets = new MysqlOffsetStore(ledger.database());
  private final PartitionId id = new PartitionId(log, 2);

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void ownerFrozenInItsTransaction_losesItsLocksAndThenItsCommit() throws Exception {
    offsets.ensureRows(log);
    OffsetRow row = offsets.row(id).orElseThrow();
    long epoch = offsets.take(row, "frozen").orElseThrow();
    Process owner = startOwner(epoch);
    try (BufferedReader said = owner.inputReader(UTF_8)) {
      assertThat(lineOf(said)).isEqualTo("IN_TRANSACTION 1");
      signal(owner, "STOP");
      long begun = System.nanoTime();

      long newEpoch = takeOver();

      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isLessThan(IDLE_LIMIT.multipliedBy(5));
      assertThat(newEpoch).isEqualTo(epoch + 1);
      signal(owner, "CONT");
      owner.getOutputStream().write('\n');
      owner.getOutputStream().flush();
      assertThat(lineOf(said)).isEqualTo("ROLLED_BACK");
    } finally {
      owner.destroyForcibly();
    }
    assertThat(offsets.row(id).orElseThrow().nextOffset()).isZero();
    assertThat(offsets.row(id).orElseThrow().owner()).isEqualTo("next");
  }

  @Test
  void ownerKilledInItsTransaction_freesItsLocksAtOnce() throws Exception {
    offsets.ensureRows(log);
    long epoch = offsets.take(offsets.row(id).orElseThrow(), "killed").orElseThrow();
    Process owner = startOwner(epoch);
    try (BufferedReader said = owner.inputReader(UTF_8)) {
      assertThat(lineOf(said)).isEqualTo("IN_TRANSACTION 1");
      signal(owner, "KILL");

      assertThat(takeOver()).isEqualTo(epoch + 1);
    } finally {
      owner.destroyForcibly();
    }
    assertThat(offsets.row(id).orElseThrow().nextOffset()).isZero();
  }

  /// The row as committed shows the frozen owner; taking it over waits for its lock.
  private long takeOver() {
    for (int tries = 0; tries < 20; tries++) {
      try {
        Optional<Long> epoch = offsets.take(offsets.row(id).orElseThrow(), "next");
        if (epoch.isPresent()) {
          return epoch.get();
        }
      } catch (StoreUnavailableException locked) {
        // As the keeper does: look again.
      }
    }
    throw new AssertionError("the row stayed locked");
  }

  private Process startOwner(long epoch) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            FrozenOwner.class.getName(),
            engines.host(),
            Integer.toString(engines.port(Engine.MARIADB)),
            ledger.schema(),
            engines.rootPassword(),
            log.topicId(),
            Integer.toString(id.partition()),
            Long.toString(epoch))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// The next line that is the owner's own, not its log's.
  private static String lineOf(BufferedReader said) throws IOException {
    String line = said.readLine();
    while (line != null && line.startsWith("{")) {
      line = said.readLine();
    }
    return String.valueOf(line);
  }

  private static void signal(Process process, String name) throws Exception {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    assertThat(code).isZero();
  }
}
