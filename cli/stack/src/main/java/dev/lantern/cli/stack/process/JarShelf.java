package dev.lantern.cli.stack.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Copies of our own jars, named by size and time, that no build overwrites.
///
/// A JVM reads its jars lazily for as long as it lives; a build that replaces one under a running
/// process breaks it at the next class it loads. So what runs is started from copies. Their paths
/// are the same for every home of a user, as a class data archive is valid for exact paths alone.
public record JarShelf(Path directory) {
  /// Older copies of a jar go when a newer one comes; those who run from them keep them open.
  private static final Duration KEEP = Duration.ofDays(2);

  /// The same class path, our own jars replaced by their copies.
  public String shelved(String classpath) throws IOException {
    var entries = new ArrayList<String>();
    for (String entry : classpath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      String name = path.getFileName() == null ? "" : path.getFileName().toString();
      boolean ours = name.startsWith("lantern-") && name.endsWith(".jar");
      entries.add(ours ? shelve(path, name).toString() : entry);
    }
    return String.join(File.pathSeparator, entries);
  }

  private Path shelve(Path jar, String name) throws IOException {
    if (jar.startsWith(directory)) {
      return jar;
    }
    String stem = name.substring(0, name.length() - ".jar".length());
    long changed = Files.getLastModifiedTime(jar).toMillis();
    Path copy =
        directory.resolve(stem + "-" + Long.toHexString(changed) + "-" + Files.size(jar) + ".jar");
    if (!Files.exists(copy)) {
      Files.createDirectories(directory);
      dropOld(stem);
      Path fresh = Files.createTempFile(directory, stem, ".partial");
      Files.copy(
          jar, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
    }
    return copy;
  }

  private void dropOld(String stem) throws IOException {
    Instant limit = Instant.now().minus(KEEP);
    List<Path> old = new ArrayList<>();
    try (var files = Files.newDirectoryStream(directory, stem + "-*")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
          old.add(file);
        }
      }
    }
    for (Path file : old) {
      Files.deleteIfExists(file);
    }
  }
}
