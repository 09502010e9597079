package dev.lantern.cli.stack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The class data archive of one program on one class path: it takes half of the processor time out
/// of a start (measured: Kafka 3.7 s to 1.9 s).
///
/// A JVM without an archive writes one when it ends in an orderly way, under a name of its own. It
/// is taken into use by a later start, and only if a process of this very class path has served in
/// between: what ended while starting knew too few classes, and an archive is never made twice.
/// (The JVM's own `AutoCreateSharedArchive` keeps such a poor one for ever, and one of another
/// class path as well.)
record ClassArchive(Path directory, String name) {
  private static final Duration KEEP_UNUSED = Duration.ofDays(7);

  static ClassArchive of(Path directory, String main, String classpath) {
    try {
      String key = classpath + "\n" + Runtime.version();
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return new ClassArchive(directory, main + "-" + HexFormat.of().formatHex(digest, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The JVM's flags for one start: use the archive, or write one at the end.
  List<String> flags() throws IOException {
    Files.createDirectories(directory);
    adopt();
    Path archive = directory.resolve(name + ".jsa");
    if (Files.exists(archive)) {
      Files.setLastModifiedTime(archive, FileTime.from(Instant.now()));
      return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:disable");
    }
    String fresh = name + "-" + Long.toHexString(System.nanoTime()) + ".new";
    return List.of("-XX:ArchiveClassesAtExit=" + directory.resolve(fresh), "-Xlog:disable");
  }

  /// A process of this class path serves: what it archives when it ends is worth keeping.
  void served() throws IOException {
    Files.write(served(name), new byte[0]);
  }

  /// Several parts run one program, and several stacks one user's: each file may be gone a moment
  /// after it was seen, because another start took it.
  private void adopt() throws IOException {
    boolean worthy = Files.exists(served(name));
    for (Path fresh : matching(name + "-*.new")) {
      try {
        if (worthy && Files.size(fresh) > 0) {
          Path archive = directory.resolve(name + ".jsa");
          Files.move(
              fresh, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          dropUnused();
        } else if (!worthy) {
          Files.deleteIfExists(fresh);
        }
      } catch (NoSuchFileException e) {
        // Another start took it.
      }
    }
  }

  private void dropUnused() throws IOException {
    Instant limit = Instant.now().minus(KEEP_UNUSED);
    for (Path file : matching("*")) {
      try {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
          Files.deleteIfExists(file);
        }
      } catch (NoSuchFileException e) {
        // Another start took it.
      }
    }
  }

  private List<Path> matching(String glob) throws IOException {
    var found = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(directory, glob)) {
      files.forEach(found::add);
    }
    return found;
  }

  private Path served(String of) {
    return directory.resolve(of + ".served");
  }
}
