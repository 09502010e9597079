package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.queue.LogName;
import java.util.List;

/// Reads pieces of the accept log for somebody who books nothing: from anywhere, as often as
/// wanted, and leaving no trace. For one thread.
public interface LogPieces extends AutoCloseable {
  /// The records of a partition from `from` on and below `until`, at most `atMost` of them, within
  /// a few seconds. What the log no longer holds is passed over.
  ///
  /// @throws dev.lantern.ordercenter.queue.LogUnavailableException when the queue does not answer
  Piece read(LogName log, int partition, long from, long until, int atMost);

  /// Ends a read that is under way; from any thread.
  void wakeUp();

  /// Once nobody reads.
  @Override
  void close();

  /// A piece of a partition.
  ///
  /// @param next where to go on: all records below it that the log still holds were handed out
  record Piece(List<LogRecord> records, long next) {}
}
