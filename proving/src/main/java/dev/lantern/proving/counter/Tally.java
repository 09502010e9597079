package dev.lantern.proving.counter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What one writer has counted, known without the counters: a mapped file with what it has begun to
/// count and what it has counted. A killed writer leaves it, and others may look at any time. The
/// truth lies between the two; they differ by one addition at most, the one that was under way. One
/// thread writes.
final class Tally {
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
  private static final long BEGUN = 0;
  private static final long DONE = 128;
  private static final long SIZE = 256;

  private final MemorySegment memory;

  private Tally(MemorySegment memory) {
    this.memory = memory;
  }

  /// Opens it as it was left, or new.
  static Tally open(Path file) {
    try (var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Tally(channel.map(MapMode.READ_WRITE, 0, SIZE, Arena.ofAuto()));
    } catch (IOException e) {
      throw new UncheckedIOException("no tally in " + file, e);
    }
  }

  /// So many will be counted now.
  void begin(long count) {
    LONG.setVolatile(memory, BEGUN, begun() + count);
  }

  /// All that was begun is counted.
  void done() {
    LONG.setVolatile(memory, DONE, begun());
  }

  /// A killed writer's addition that was under way is taken for whatever its journal says; the next
  /// life begins with nothing under way.
  ///
  /// @return how much is in doubt
  long settle() {
    long doubt = begun() - counted();
    done();
    return doubt;
  }

  long begun() {
    return (long) LONG.getVolatile(memory, BEGUN);
  }

  long counted() {
    return (long) LONG.getVolatile(memory, DONE);
  }
}
