package dev.lantern.cli.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One process for ever: its pid, when it started (kernel clock ticks since boot) and which boot
/// that was. A later process with the same pid has other ticks, so a stale pid file never leads to
/// a signal for a stranger.
///
/// @param boot the kernel's boot id, since ticks begin anew at each boot
public record ProcessIdentity(long pid, long startTicks, String boot) {
  /// Fields of `/proc/PID/stat` after the command's closing bracket: state is the first, the start
  /// time the 20th (proc(5) counts them 3 and 22).
  private static final int STATE = 0;

  private static final int START_TICKS = 19;

  /// The process with this pid, if there is one that has not ended.
  public static Optional<ProcessIdentity> of(long pid) {
    return fields(pid)
        .map(fields -> new ProcessIdentity(pid, Long.parseLong(fields[START_TICKS]), bootId()));
  }

  /// Still running (a stopped one counts, one that ended and was not yet reaped does not).
  public boolean alive() {
    return of(pid).map(this::equals).orElse(false);
  }

  /// Stopped by a signal (SIGSTOP), hence deaf to a polite request to end.
  public boolean frozen() {
    return fields(pid).map(fields -> fields[STATE].equals("T")).orElse(false);
  }

  public Optional<ProcessHandle> handle() {
    return alive() ? ProcessHandle.of(pid) : Optional.empty();
  }

  /// One line for a pid file.
  public String format() {
    return pid + " " + startTicks + " " + boot + "\n";
  }

  /// Reads a pid file's line; empty if it is not one (a torn write, another program's file).
  public static Optional<ProcessIdentity> parse(String line) {
    String[] words = line.strip().split(" ", -1);
    try {
      return words.length == 3
          ? Optional.of(
              new ProcessIdentity(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String[]> fields(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The command in brackets may hold blanks and brackets of its own.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[STATE].equals("Z") || fields[STATE].equals("X")
          ? Optional.empty()
          : Optional.of(fields);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String bootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
