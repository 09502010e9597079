package dev.lantern.sdk.counter;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// Where a writer's totals outlive its process (C2).
///
/// A new life never goes on where a former one stopped, for what it finds may be less than what was
/// told: it counts under an epoch of its own, and tells what the former ones have left under
/// theirs, until that is safe. One process at a time has a journal; its failures are
/// [java.io.UncheckedIOException].
public interface Journal extends AutoCloseable {
  /// How much memory one counter has.
  long BYTES = Cells.BYTES;

  /// What a former life has counted.
  record Left(String counter, long epoch, long total) {}

  /// What former lives have left.
  List<Left> left();

  /// Memory of [#BYTES], all zero, aligned to eight, for a counter under an epoch that nothing left
  /// is of. What is written there is kept when the process dies.
  MemorySegment begin(String counter, long epoch);

  /// Forgets what nobody needs any more; what is forgotten already is forgotten.
  void forget(Left left);

  /// What is there stays. No memory that it gave may be used any more.
  @Override
  void close();
}
