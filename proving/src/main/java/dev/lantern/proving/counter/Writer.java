package dev.lantern.proving.counter;

import dev.lantern.proving.counter.WritingProcess.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A [WritingProcess] that is killed and started again.
final class Writer implements AutoCloseable {
  private static final long END_WITHIN_S = 60;

  private final Job job;
  private final Path log;
  private final Tally tally;
  private final List<Long> doubts = new ArrayList<>();
  private Process process;

  private Writer(Job job, Path log) {
    this.job = job;
    this.log = log;
    this.tally = Tally.open(job.tally());
    this.process = begin(job, log);
  }

  static Writer start(Job job, Path log) {
    return new Writer(job, log);
  }

  String counter() {
    return job.counter();
  }

  boolean hasJournal() {
    return job.journal().isPresent();
  }

  /// What it has counted until now, over all its lives, is no less than this.
  long counted() {
    return tally.counted();
  }

  /// And no more than this.
  long begun() {
    return tally.begun();
  }

  /// What was under way when it was killed, kill by kill.
  List<Long> doubts() {
    return List.copyOf(doubts);
  }

  int kills() {
    return doubts.size();
  }

  /// `kill -9`, and a new life.
  void kill() {
    process.destroyForcibly();
    await();
    doubts.add(tally.settle());
    process = begin(job, log);
  }

  /// Ends it in good order: the last totals are told.
  void end() {
    try {
      process.getOutputStream().close();
    } catch (IOException gone) {
      // It has ended already.
    }
    await();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void await() {
    try {
      if (!process.waitFor(END_WITHIN_S, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a writer does not end; see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Process begin(Job job, Path log) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms16m", "-Xmx64m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WritingProcess.class.getName());
    command.addAll(List.of(job.arguments()));
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("a writer cannot be started", e);
    }
  }
}
