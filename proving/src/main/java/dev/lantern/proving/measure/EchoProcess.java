package dev.lantern.proving.measure;

import com.google.protobuf.Empty;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess.Address;
import dev.lantern.proving.place.StackAccess.OperatorTls;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// An [EchoServer] in a process of its own, run with the very JVM flags of a process of the stack.
final class EchoProcess implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofMinutes(1);
  private static final int STOP_S = 15;

  private final Process process;
  private final Path portFile;
  private final List<Operator> operators;
  private final AtomicInteger turn = new AtomicInteger();

  private EchoProcess(Process process, Path portFile, List<Operator> operators) {
    this.process = process;
    this.portFile = portFile;
    this.operators = operators;
  }

  /// Starts one and waits until it serves.
  ///
  /// @param like the process whose flags it gets
  /// @param folder where its log and its port file go
  static EchoProcess start(long like, OperatorTls tls, Path folder) {
    Path portFile = folder.resolve("bench-echo." + ProcessHandle.current().pid() + ".port");
    try {
      var command = new ArrayList<String>();
      command.addAll(jvm(commandLine(like)));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(EchoServer.class.getName());
      command.add(tls.certificate().toString());
      command.add(tls.key().toString());
      command.add(tls.authority().toString());
      command.add(portFile.toString());
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(Files.createDirectories(folder).resolve("bench-echo.log").toFile());
      Process process = builder.start();
      try {
        Address address = new Address("127.0.0.1", port(process, portFile));
        return new EchoProcess(process, portFile, BenchRound.operators(address, tls, "operator"));
      } catch (RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the echo server cannot be started", e);
    }
  }

  long pid() {
    return process.pid();
  }

  /// One empty call.
  void call(Load.Ending ending) {
    Operator one = operators.get(Math.floorMod(turn.getAndIncrement(), operators.size()));
    ClientCalls.asyncUnaryCall(
        one.channel().newCall(EchoServer.ECHO, CallOptions.DEFAULT.withDeadline(deadline())),
        Empty.getDefaultInstance(),
        Load.hearing(ending, _ -> Load.Outcome.good(1), 1));
  }

  private static Deadline deadline() {
    return Deadline.after(BenchRound.DEADLINE_S, TimeUnit.SECONDS);
  }

  /// The `java` and its flags: all before the class path, but for the class archive, which belongs
  /// to one class path alone.
  static List<String> jvm(List<String> commandLine) {
    int end = commandLine.indexOf("-cp");
    if (end < 0) {
      throw new IllegalStateException("not a JVM of the stack: " + commandLine);
    }
    return commandLine.subList(0, end).stream()
        .filter(flag -> !flag.startsWith("-XX:SharedArchiveFile"))
        .filter(flag -> !flag.startsWith("-XX:ArchiveClassesAtExit"))
        .toList();
  }

  private static List<String> commandLine(long pid) throws IOException {
    String line =
        Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.UTF_8);
    return List.of(line.split("\0", -1));
  }

  private static int port(Process process, Path file) throws IOException {
    long end = System.nanoTime() + START_WITHIN.toNanos();
    while (!Files.exists(file)) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "the echo server does not start; see " + file.resolveSibling("bench-echo.log"));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return Integer.parseInt(Files.readString(file));
  }

  @Override
  public void close() {
    operators.forEach(Operator::close);
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(portFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
