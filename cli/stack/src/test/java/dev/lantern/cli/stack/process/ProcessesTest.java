package dev.lantern.cli.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
  @TempDir Path folder;

  @Test
  void start_isFoundByAnother_untilItIsStopped() {
    Home home = Home.open(folder.resolve("home"));
    var processes = new Processes(home);

    ProcessIdentity started = processes.start("sleeper", launch("exec sleep 300"));

    assertThat(new Processes(home).find("sleeper")).contains(started);
    processes.stop("sleeper", started, Duration.ofSeconds(5));
    assertThat(started.alive()).isFalse();
    assertThat(processes.find("sleeper")).isEmpty();
  }

  @Test
  void stop_ofADeafProcess_killsItAfterItsGrace() throws IOException {
    Home home = Home.open(folder.resolve("home"));
    var processes = new Processes(home);
    ProcessIdentity deaf =
        processes.start("deaf", launch("trap '' TERM; echo deaf; while :; do read -t 1 x; done"));
    while (!Files.readString(processes.logs().of("deaf")).contains("deaf")) {
      Thread.onSpinWait();
    }

    processes.stop("deaf", deaf, Duration.ofMillis(200));

    assertThat(deaf.alive()).isFalse();
  }

  @Test
  void start_writesTheOutputToItsLog_andMovesAGrownOneAside() throws IOException {
    Home home = Home.open(folder.resolve("home"));
    var processes = new Processes(home);
    Path log = processes.logs().of("talker");
    Files.writeString(log, "x".repeat(9 << 20));

    ProcessIdentity talker = processes.start("talker", launch("echo one; echo two"));
    talker.handle().ifPresent(handle -> handle.onExit().join());

    assertThat(Files.size(home.logs().resolve("talker.log.1"))).isEqualTo(9 << 20);
    assertThat(processes.logs().tail("talker", 1)).containsExactly("two");
  }

  private Launch launch(String script) {
    return new Launch(List.of("bash", "-c", script), Map.of(), folder);
  }
}
