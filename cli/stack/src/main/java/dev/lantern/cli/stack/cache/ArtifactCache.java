package dev.lantern.cli.stack.cache;

import dev.lantern.cli.stack.StackException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Directories made once and then only read, one per name (the name carries the version).
///
/// A directory is filled under a temporary name and renamed when whole, so whoever sees it sees all
/// of it, whatever was killed when. A file lock lets the second of two processes wait for the first
/// instead of doing the work twice; the lock's holder also clears what killed predecessors left.
public final class ArtifactCache {
  /// Enough for the largest (MariaDB, 350 MB) and some air.
  private static final long NEEDED_BYTES = 600L << 20;

  private static final long LOCK_PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final Path root;

  public ArtifactCache(Path root) {
    this.root = root;
  }

  /// `$XDG_CACHE_HOME/lantern`, or `$HOME/.cache/lantern`. By the variables, not by the JVM's
  /// `user.home`, which is the account's home whatever `HOME` says.
  public static ArtifactCache ofUser(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        xdg.isBlank()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache")
            : Path.of(xdg);
    return new ArtifactCache(base.resolve("lantern").toAbsolutePath());
  }

  public Path root() {
    return root;
  }

  /// Fills an empty directory.
  @FunctionalInterface
  public interface Filler {
    void fill(Path empty) throws IOException, InterruptedException;
  }

  /// The directory of this name, filled by `filler` if it is not there yet.
  public Path directory(String name, Filler filler) throws IOException, InterruptedException {
    Path whole = root.resolve(name);
    if (Files.isDirectory(whole)) {
      return whole;
    }
    Files.createDirectories(root);
    try (var channel =
            FileChannel.open(
                root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = lock(channel, name)) {
      if (!Files.isDirectory(whole)) {
        fill(name, whole, filler);
      }
    }
    return whole;
  }

  private void fill(String name, Path whole, Filler filler)
      throws IOException, InterruptedException {
    long usable = Files.getFileStore(root).getUsableSpace();
    if (usable < NEEDED_BYTES) {
      throw new StackException(
          "the disk of "
              + root
              + " has "
              + (usable >> 20)
              + " MB left; unpacking "
              + name
              + " needs "
              + (NEEDED_BYTES >> 20)
              + " MB",
          "free some space, or point XDG_CACHE_HOME at a larger disk");
    }
    Path partial = root.resolve(name + ".partial");
    delete(partial);
    Files.createDirectories(partial);
    filler.fill(partial);
    Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileLock lock(FileChannel channel, String name) throws IOException {
    long deadline = System.nanoTime() + LOCK_PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // Another thread of this JVM holds it: wait like for another process.
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new StackException(
        "another process has been unpacking " + name + " for five minutes",
        "look for it with `ps`, or remove the cache directory");
  }

  /// Removes a tree; nothing happens if there is none.
  public static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (var paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
