package dev.lantern.controlplane.envoy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The control plane as the stack runs it: a JVM of its own, small, from a configuration file.
final class ControlPlaneProcess {
  private final Process process;
  private final int port;
  private final Path log;

  private ControlPlaneProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  static ControlPlaneProcess launch(Path dir, Map<String, String> places) throws IOException {
    Path config = dir.resolve("control-plane.yaml");
    try (var in = ControlPlaneProcess.class.getResourceAsStream("control-plane.yaml")) {
      if (in == null) {
        throw new IllegalStateException("no control-plane.yaml beside the test");
      }
      String template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(config, LiveMesh.fill(template, places));
    }
    Path log = dir.resolve("control-plane.log");
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.lantern.controlplane.Main",
            "--config",
            config.toString());
    Process process =
        command
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    int port = Integer.parseInt(places.getOrDefault("control-plane.port", "0"));
    return new ControlPlaneProcess(process, port, log);
  }

  void awaitListening() throws IOException {
    try {
      EnvoyProcess.await("the control plane listens", () -> !process.isAlive() || listens());
    } catch (AssertionError e) {
      throw new IOException(Files.readString(log), e);
    }
    if (!process.isAlive()) {
      throw new IOException("the control plane has ended: " + Files.readString(log));
    }
  }

  private boolean listens() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// `kill -9`; returns when it is gone.
  void kill() {
    process.destroyForcibly().onExit().join();
  }
}
