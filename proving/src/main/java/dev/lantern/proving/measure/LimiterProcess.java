package dev.lantern.proving.measure;

import com.google.protobuf.util.JsonFormat;
import dev.lantern.cli.stack.home.PrivateFiles;
import dev.lantern.mesh.v1.WatchLimitsResponse;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.place.StackAccess.Address;
import dev.lantern.proving.place.StackAccess.OperatorTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A limiter of our own: the very command of the stack's, with rules that it recalls from its disk,
/// as it does when the control plane is away.
final class LimiterProcess implements AutoCloseable {
  private static final int STOP_S = 15;

  private final Process process;
  private final Address address;

  private LimiterProcess(Process process, Address address) {
    this.process = process;
    this.address = address;
  }

  /// Starts one; it may not serve yet.
  ///
  /// @param like the stack's limiter
  /// @param ports two free ones
  static LimiterProcess start(
      StackAccess stack, long like, Path folder, int ports, WatchLimitsResponse rules) {
    try {
      Path known = folder.resolve("limits-" + ports + ".json");
      Files.writeString(known, JsonFormat.printer().print(rules));
      Path config = folder.resolve("ratelimit-" + ports + ".yaml");
      PrivateFiles.write(config, config(stack, known, ports));
      List<String> command = new ArrayList<>(commandLine(like));
      command.set(command.size() - 1, config.toString());
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(folder.resolve("ratelimit-" + ports + ".log").toFile());
      return new LimiterProcess(builder.start(), new Address("127.0.0.1", ports));
    } catch (IOException e) {
      throw new UncheckedIOException("a limiter cannot be started", e);
    }
  }

  long pid() {
    return process.pid();
  }

  Address address() {
    return address;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// `kill -9`.
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String config(StackAccess stack, Path rules, int ports) {
    OperatorTls tls = stack.identity("ratelimit");
    return """
    instance: own-%1$d
    server:
      port: %1$d
      metrics_port: %2$d
      tls: {certificate: "%3$s", key: "%4$s", ca: "%5$s"}
    telemetry: {}
    redis: {addresses: ["%6$s"], password: "%7$s"}
    control_plane: {host: 127.0.0.1, port: 1, authority: control-plane}
    last_known: "%8$s"
    # Whoever measures asks as the operator, and warms it up by what is measured.
    decisions: {warm_within: 1s, callers: [operator]}
    """
        .formatted(
            ports,
            ports + 1,
            tls.certificate(),
            tls.key(),
            tls.authority(),
            stack.redisB().addresses().getFirst(),
            stack.redisB().password().value(),
            rules);
  }

  private static List<String> commandLine(long pid) throws IOException {
    String line =
        Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.UTF_8);
    String[] words = line.split("\0", -1);
    // The last word ends with a zero, too.
    List<String> command = new ArrayList<>(List.of(words).subList(0, words.length - 1));
    // Whoever is to write an archive of its classes is the stack's.
    command.removeIf(word -> word.startsWith("-XX:ArchiveClassesAtExit"));
    if (command.size() < 2 || !command.get(command.size() - 2).equals("--config")) {
      throw new IllegalStateException("not a limiter of the stack: " + command);
    }
    return command;
  }
}
