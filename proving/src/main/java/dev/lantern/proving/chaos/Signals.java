package dev.lantern.proving.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Signals to processes, and limits.
public final class Signals {
  private static final int PAGE = 4_096;

  private Signals() {}

  public static void kill(long pid) {
    send("KILL", pid);
  }

  public static void stop(long pid) {
    send("STOP", pid);
  }

  public static void goOn(long pid) {
    send("CONT", pid);
  }

  /// No file of the process may grow past a page from now on: what it writes fails with EFBIG, as
  /// it would with ENOSPC on a full disk. Needs no rights beyond those to signal it, and `prlimit`
  /// of util-linux.
  public static void noRoom(long pid) {
    run(
        List.of("prlimit", "--pid", Long.toString(pid), "--fsize=" + PAGE + ":"),
        "process " + pid + " took no limit");
  }

  private static void send(String signal, long pid) {
    run(
        List.of("kill", "-" + signal, Long.toString(pid)),
        "process " + pid + " took no SIG" + signal);
  }

  private static void run(List<String> command, String failure) {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (!process.waitFor(5, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(failure);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
