package dev.lantern.cli.command;

import dev.lantern.cli.stack.cache.ArtifactCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A home for the parts of one trial, which goes with it unless it is kept.
final class ScratchHome implements AutoCloseable {
  private final Path path;
  private boolean kept;

  private ScratchHome(Path path) {
    this.path = path;
  }

  /// A new folder under a stack's home.
  static ScratchHome under(Path home, String name) {
    try {
      Path trials = Files.createDirectories(home.resolve("trials"));
      return new ScratchHome(Files.createTempDirectory(trials, name + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException("no folder under " + home, e);
    }
  }

  Path path() {
    return path;
  }

  /// For who wants to look.
  void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    try {
      ArtifactCache.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
