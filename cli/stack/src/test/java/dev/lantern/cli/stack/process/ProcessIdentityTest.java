package dev.lantern.cli.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
  @Test
  void of_thisProcess_isAliveAndReadsBack() {
    var self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();

    assertThat(self.alive()).isTrue();
    assertThat(self.frozen()).isFalse();
    assertThat(ProcessIdentity.parse(self.format())).contains(self);
  }

  @Test
  void alive_ofTheSamePidInAnotherLife_isFalse() {
    var self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();

    assertThat(new ProcessIdentity(self.pid(), self.startTicks() + 1, self.boot()).alive())
        .isFalse();
    assertThat(new ProcessIdentity(self.pid(), self.startTicks(), "another boot").alive())
        .isFalse();
  }

  @Test
  void alive_ofAnEndedProcess_isFalse() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("cat").start();
    var identity = ProcessIdentity.of(process.pid()).orElseThrow();
    assertThat(identity.alive()).isTrue();

    process.destroyForcibly().waitFor();

    assertThat(identity.alive()).isFalse();
    assertThat(identity.handle()).isEmpty();
  }

  @Test
  void parse_ofSomethingElse_isEmpty() {
    assertThat(ProcessIdentity.parse("")).isEmpty();
    assertThat(ProcessIdentity.parse("4242")).isEmpty();
    assertThat(ProcessIdentity.parse("a b c")).isEmpty();
  }
}
