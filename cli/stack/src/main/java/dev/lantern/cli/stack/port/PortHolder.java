package dev.lantern.cli.stack.port;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Who listens on a port, as far as the kernel lets us see: `/proc/net/tcp` names the socket, and
/// the processes we may look into say whether it is theirs.
public final class PortHolder {
  private static final String LISTENING = "0A";

  private PortHolder() {}

  /// `pid 4242 (redis-server)`, or empty if it is another user's process.
  public static Optional<String> of(int port) {
    Set<String> sockets = listening(port);
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, sockets)) {
          String command = Files.readString(process.resolve("comm")).strip();
          return Optional.of("pid " + process.getFileName() + " (" + command + ")");
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Set<String> listening(int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      try {
        for (String line : Files.readAllLines(Path.of(table))) {
          String[] fields = line.strip().split("\\s+", -1);
          if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) {
            sockets.add("socket:[" + fields[9] + "]");
          }
        }
      } catch (IOException e) {
        // No such table (IPv6 may be off): nothing listens there.
      }
    }
    return sockets;
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (sockets.contains(target(descriptor))) {
          return true;
        }
      }
    } catch (IOException e) {
      // Another user's process, or one that just ended.
    }
    return false;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
