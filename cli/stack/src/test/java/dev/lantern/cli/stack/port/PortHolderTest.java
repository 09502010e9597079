package dev.lantern.cli.stack.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortHolderTest {
  @Test
  void of_aPortThisProcessListensOn_namesThisProcess() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();

      assertThat(FreePorts.free(port)).isFalse();
      assertThat(PortHolder.of(port).orElseThrow())
          .contains(Long.toString(ProcessHandle.current().pid()));
    }
    assertThat(PortHolder.of(port)).isEmpty();
  }

  @Test
  void base_twice_givesTwoRanges() {
    int first = FreePorts.base();

    assertThat(FreePorts.base()).isNotEqualTo(first);
  }
}
