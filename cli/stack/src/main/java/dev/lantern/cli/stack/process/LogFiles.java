package dev.lantern.cli.stack.process;

import dev.lantern.cli.stack.home.Home;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// The parts' logs: `logs/NAME.log`, and at a start that finds it grown past 8 MiB, the one before
/// it as `NAME.log.1`. So a part holds two files, however often it is started.
public final class LogFiles {
  private static final long ROTATE_AT_BYTES = 8L << 20;
  private static final int TAIL_BYTES = 16 << 10;

  private final Path directory;

  public LogFiles(Home home) {
    this.directory = home.logs();
  }

  public Path of(String name) {
    return directory.resolve(name + ".log");
  }

  /// The file to append to, after moving a grown one aside.
  public Path rotate(String name) throws IOException {
    Path log = of(name);
    if (Files.exists(log) && Files.size(log) > ROTATE_AT_BYTES) {
      Files.move(log, directory.resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  /// The last `lines` lines at most, of the last 16 KiB at most; none if there is no log.
  public List<String> tail(String name, int lines) {
    Path log = of(name);
    if (!Files.exists(log)) {
      return List.of();
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL_BYTES));
      var bytes = new byte[(int) (file.length() - file.getFilePointer())];
      file.readFully(bytes);
      List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log, e);
    }
  }
}
