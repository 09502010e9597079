package dev.lantern.ordercenter.settle;

import com.google.protobuf.ByteString;

/// One record of the accept log.
public sealed interface LogRecord {
  long offset();

  /// The `traceparent` header; empty when there is none.
  String traceparent();

  /// A record whose promise could be read.
  record Promised(long offset, Promise promise, String traceparent) implements LogRecord {}

  /// A record that no promise can be read from. It is parked under what its key and header say,
  /// with its bytes kept, so that nothing acknowledged disappears.
  ///
  /// @param actId from the key, else from the order number; 0 when neither tells
  /// @param orderNo from the header, else made from the record's place in the log
  record Unreadable(
      long offset, long actId, String orderNo, ByteString value, String why, String traceparent)
      implements LogRecord {}
}
