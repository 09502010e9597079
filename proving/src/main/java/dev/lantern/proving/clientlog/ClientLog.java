package dev.lantern.proving.clientlog;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// The logs of all clients of a run: `clients/00.jsonl` to `15.jsonl`, a user always in the same
/// file. A line is handed to the operating system before the client goes on, so what a client was
/// told survives the driver's death. An entry that cannot be written stops the run: a rain without
/// evidence proves nothing.
public final class ClientLog implements Closeable {
  private static final int FILES = 16;

  private final List<Shard> shards;

  private ClientLog(List<Shard> shards) {
    this.shards = shards;
  }

  /// Opens the logs under a run's folder; earlier lines are kept.
  public static ClientLog open(Path run) {
    Path folder = run.resolve("clients");
    var shards = new ArrayList<Shard>();
    try {
      Files.createDirectories(folder);
      for (int i = 0; i < FILES; i++) {
        Path file = folder.resolve("%02d.jsonl".formatted(i));
        shards.add(
            new Shard(
                new ReentrantLock(),
                Files.newBufferedWriter(
                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ClientLog(List.copyOf(shards));
  }

  public void append(ClientEntry entry) {
    Shard shard = shards.get(Math.floorMod(entry.user(), FILES));
    shard.lock().lock();
    try {
      shard.writer().write(ClientLine.write(entry));
      shard.writer().write('\n');
      shard.writer().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      shard.lock().unlock();
    }
  }

  @Override
  public void close() {
    for (Shard shard : shards) {
      try {
        shard.writer().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// All entries of a run, in the order they were sent. A last line cut off by the driver's death
  /// is left out; any other unreadable line throws IllegalArgumentException.
  public static List<ClientEntry> read(Path run) {
    var entries = new ArrayList<ClientEntry>();
    try (Stream<Path> files = Files.list(run.resolve("clients"))) {
      for (Path file : files.sorted().toList()) {
        readFile(file, entries);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    entries.sort(Comparator.comparingLong(ClientEntry::sentNs));
    return List.copyOf(entries);
  }

  private static void readFile(Path file, List<ClientEntry> entries) throws IOException {
    String text = Files.readString(file);
    int end = text.lastIndexOf('\n');
    text.substring(0, end + 1).lines().map(ClientLine::read).forEach(entries::add);
  }

  private record Shard(ReentrantLock lock, BufferedWriter writer) {}
}
