package dev.lantern.cli.stack.process;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// Starts, finds and stops the named processes of one home: `run/NAME.pid`, `logs/NAME.log`.
public final class Processes {
  /// How long the kernel may take over a SIGKILL (a process deep in a disk write lingers).
  private static final Duration KILL_WAIT = Duration.ofSeconds(20);

  private static final String TEXT_FILE_BUSY = "error: 26";
  private static final int BUSY_TRIES = 20;
  private static final long BUSY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Home home;
  private final LogFiles logs;

  public Processes(Home home) {
    this.home = home;
    this.logs = new LogFiles(home);
  }

  public LogFiles logs() {
    return logs;
  }

  /// Starts it; its output goes to its log, its identity into its pid file.
  public ProcessIdentity start(String name, Launch launch) {
    try {
      var builder = new ProcessBuilder(launch.command());
      builder.environment().putAll(launch.environment());
      builder.directory(launch.directory().toFile());
      builder.redirectErrorStream(true);
      builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(Redirect.appendTo(logs.rotate(name).toFile()));
      long pid = begin(builder).pid();
      // A process that ended within this instant has no identity any more: give it one that is
      // dead.
      var identity = ProcessIdentity.of(pid).orElseGet(() -> new ProcessIdentity(pid, 0, "ended"));
      PrivateFiles.write(pidFile(name), identity.format());
      return identity;
    } catch (IOException e) {
      throw new StackException(
          name + " cannot be started: " + e.getMessage(), "`lantern doctor` checks the machine", e);
    }
  }

  /// A program unpacked a moment ago may still be open for writing in a child that another thread
  /// has forked but not yet executed; the kernel then refuses to run it (ETXTBSY) for some
  /// milliseconds.
  private static Process begin(ProcessBuilder builder) throws IOException {
    for (int i = 1; ; i++) {
      try {
        return builder.start();
      } catch (IOException e) {
        if (i == BUSY_TRIES || !String.valueOf(e.getMessage()).contains(TEXT_FILE_BUSY)) {
          throw e;
        }
        LockSupport.parkNanos(BUSY_PAUSE_NANOS);
      }
    }
  }

  /// The running process that the pid file of this name means, if it is that very process.
  public Optional<ProcessIdentity> find(String name) {
    try {
      return Files.exists(pidFile(name))
          ? ProcessIdentity.parse(Files.readString(pidFile(name))).filter(ProcessIdentity::alive)
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + pidFile(name), e);
    }
  }

  /// Asks it to end, waits `grace`, then kills it; returns when it is gone (by the process, not by
  /// its pid file, which some engines remove before they have closed their data).
  public void stop(String name, ProcessIdentity process, Duration grace) {
    process.handle().ifPresent(handle -> end(name, process, handle, grace));
    forget(name);
  }

  /// Kills it at once; returns when it is gone.
  public void kill(String name, ProcessIdentity process) {
    process
        .handle()
        .ifPresent(handle -> {
          handle.destroyForcibly();
          awaitEnd(name, handle, KILL_WAIT);
        });
  }

  /// Removes the pid file: nobody runs under this name any more.
  public void forget(String name) {
    try {
      Files.deleteIfExists(pidFile(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + pidFile(name), e);
    }
  }

  private void end(String name, ProcessIdentity process, ProcessHandle handle, Duration grace) {
    handle.destroy();
    if (process.frozen()) {
      thaw(process);
    }
    if (!ended(handle, grace)) {
      handle.destroyForcibly();
      awaitEnd(name, handle, KILL_WAIT);
    }
  }

  private static void thaw(ProcessIdentity process) {
    try {
      new ProcessBuilder("kill", "-CONT", Long.toString(process.pid()))
          .redirectErrorStream(true)
          .start()
          .waitFor(2, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitEnd(String name, ProcessHandle handle, Duration within) {
    if (!ended(handle, within)) {
      throw new StackException(
          name + " (pid " + handle.pid() + ") does not end, not even killed",
          "it probably waits for the disk; look at `ps -o stat,wchan " + handle.pid() + "`");
    }
  }

  private static boolean ended(ProcessHandle handle, Duration within) {
    try {
      handle.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !handle.isAlive();
    }
  }

  private Path pidFile(String name) {
    return home.run().resolve(name + ".pid");
  }
}
