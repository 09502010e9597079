package dev.lantern.ordercenter.lane;

import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The lane's row and those of its instances, in the live schema. Each call is one statement or one
/// transaction, bounded by the database's statement limit.
public interface LaneTable {
  /// The lane as it is now.
  Opening read();

  /// CLEAN becomes OPEN under the next number; [LaneState] says so if it was not clean.
  Answer open(OperatorRequest request, Duration openFor);

  /// OPEN becomes CLOSED; a lane that is closed stays so.
  Answer close(OperatorRequest request);

  /// OPEN becomes CLOSED if its time is over.
  void closeOverdue();

  /// CLOSED becomes CLEAN, if it is still that opening and nobody serves it.
  void cleaned(long opening);

  /// Notes who asked for a cleaning, and why.
  Answer noteCleaning(OperatorRequest request);

  /// What an instance says of itself.
  void report(String instance, long opening, boolean serving);

  /// The instances seen within the last ten seconds.
  List<Instance> instances();

  /// One of them.
  record Instance(String name, long opening, boolean serving, Instant seenAt) {}

  /// The lane is not in a state that allows it; what was asked was not done.
  final class LaneState extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LaneState(String message) {
      super(message, null, false, false);
    }
  }
}
