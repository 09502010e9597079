package dev.lantern.ordercenter.queue;

import dev.lantern.acceptlog.v1.AcceptedOrder;

/// The durable queue that makes an order accepted.
public interface AcceptLog {
  /// Appends and waits until all in-sync replicas have it.
  ///
  /// Returns only when the record is durable in exactly the log named. Bounded by the
  /// implementation's own deadline, which lies below a call's.
  ///
  /// @throws AppendUnknownException when it is late, failed or in doubt: the record may or may not
  ///   be, or later appear, in the log
  Appended append(LogName log, AcceptedOrder order);

  /// Where the record lies.
  record Appended(int partition, long offset) {}
}
