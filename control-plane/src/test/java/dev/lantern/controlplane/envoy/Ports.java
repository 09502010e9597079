package dev.lantern.controlplane.envoy;

import dev.lantern.cli.stack.port.FreePorts;

/// Ports of this JVM's own, below the kernel's range for outgoing connections, each given out once.
final class Ports {
  /// How many ports from its base on are held for this JVM.
  private static final int RANGE = 200;

  private static int next;
  private static int end;

  private Ports() {}

  static synchronized int next() {
    while (true) {
      if (next == end) {
        next = FreePorts.base();
        end = next + RANGE;
      }
      int port = next++;
      if (FreePorts.free(port)) {
        return port;
      }
    }
  }
}
