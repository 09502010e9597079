package dev.lantern.sdk.counter;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A writer's totals in mapped files: an add is in the page cache the moment it is made, so a
/// process that is killed loses nothing; a machine that is, at most what it had not written back.
///
/// A counter's file is `{counter}@{epoch}`. One process at a time has the folder.
///
/// A file that is no counter's (a machine's death can leave one without what was written last) is
/// set aside as `….unreadable`, and told of in the log: it keeps no process from its counters.
final class MappedJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(MappedJournal.class);
  private static final long MAGIC = 0x4c41_4e54_434e_5431L;
  private static final long HEAD = 64;
  private static final long NAME_MOST = 128;
  private static final Pattern NAME =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,63}\\.[a-z][a-z-]{0,31})@([0-9]{1,18})");

  private final Path folder;
  private final Arena arena = Arena.ofShared();
  private final FileChannel lockFile;
  private final FileLock lock;

  private MappedJournal(Path folder, FileChannel lockFile, FileLock lock) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /// Opens a folder, which is made if need be. It is this writer's for ever: what it has told under
  /// its name would count once more under another.
  ///
  /// @throws IllegalStateException when another process has it, or it is of another writer
  static MappedJournal open(Path folder, String writer) {
    try {
      Files.createDirectories(folder);
      FileChannel file =
          FileChannel.open(
              folder.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = lock(file);
      if (lock == null || !isOf(file, writer)) {
        file.close();
        throw new IllegalStateException("another writer has " + folder);
      }
      return new MappedJournal(folder, file, lock);
    } catch (IOException e) {
      throw new UncheckedIOException("no journal in " + folder, e);
    }
  }

  /// Whether the locked file names this writer; a new one does from now on.
  private static boolean isOf(FileChannel locked, String writer) throws IOException {
    if (locked.size() == 0) {
      locked.write(ByteBuffer.wrap(writer.getBytes(US_ASCII)), 0);
      locked.force(true);
      return true;
    }
    ByteBuffer named = ByteBuffer.allocate((int) Math.min(locked.size(), NAME_MOST));
    while (named.hasRemaining() && locked.read(named, named.position()) >= 0) {
      // A short read goes on.
    }
    return new String(named.array(), 0, named.position(), US_ASCII).equals(writer);
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException ofThisProcess) {
      return null;
    }
  }

  @Override
  public List<Left> left() {
    List<Left> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          OptionalLong total = total(file);
          if (total.isPresent()) {
            found.add(new Left(name.group(1), Long.parseLong(name.group(2)), total.getAsLong()));
          } else {
            LOG.error("{} is no counter's journal and is set aside", file);
            Files.move(
                file,
                folder.resolve(file.getFileName() + ".unreadable"),
                StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be read", e);
    }
    return found;
  }

  /// The file appears whole or not at all.
  @Override
  public MemorySegment begin(String counter, long epoch) {
    Path file = file(counter, epoch);
    Path making = folder.resolve(counter + ".new");
    try {
      Files.deleteIfExists(making);
      MemorySegment mapped = map(making);
      mapped.set(ValueLayout.JAVA_LONG, 0, MAGIC);
      Files.move(making, file, StandardCopyOption.ATOMIC_MOVE);
      return mapped.asSlice(HEAD, BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException("no journal for " + counter, e);
    }
  }

  @Override
  public void forget(Left left) {
    try {
      Files.deleteIfExists(file(left.counter(), left.epoch()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String counter, long epoch) {
    return folder.resolve(counter + "@" + epoch);
  }

  private MemorySegment map(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      return channel.map(MapMode.READ_WRITE, 0, HEAD + BYTES, arena);
    }
  }

  /// Empty when the file is no counter's.
  private static OptionalLong total(Path file) throws IOException {
    if (Files.size(file) != HEAD + BYTES) {
      return OptionalLong.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    MemorySegment copy = MemorySegment.ofArray(new long[bytes.length / Long.BYTES]);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, copy, 0, bytes.length);
    if (copy.get(ValueLayout.JAVA_LONG, 0) != MAGIC) {
      return OptionalLong.empty();
    }
    long total = new Cells(copy.asSlice(HEAD, BYTES)).total();
    return total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
  }

  /// The files stay.
  @Override
  public void close() {
    arena.close();
    try {
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
