package dev.lantern.cli.stack.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The directory of one stack and the names of what lies in it.
///
/// @param root absolute; created with mode 0700 by [#open]
public record Home(Path root) {
  public Home {
    if (!root.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + root);
    }
  }

  /// The home at `root`, its directories made.
  public static Home open(Path root) {
    var home = new Home(root.toAbsolutePath().normalize());
    try {
      for (Path directory :
          new Path[] {
            home.root, home.conf(), home.pki(), home.secrets(), home.data(), home.logs(), home.run()
          }) {
        makePrivate(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the stack's directory " + home.root, e);
    }
    return home;
  }

  /// Rendered configuration; made anew at every start.
  public Path conf() {
    return root.resolve("conf");
  }

  /// Certificates and private keys.
  public Path pki() {
    return root.resolve("pki");
  }

  /// One password a file, mode 0600.
  public Path secrets() {
    return root.resolve("secrets");
  }

  /// What the engines and services keep; the only part that is worth a backup.
  public Path data() {
    return root.resolve("data");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /// Pid files, the supervisor's socket and state: gone when nothing runs.
  public Path run() {
    return root.resolve("run");
  }

  private static void makePrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
