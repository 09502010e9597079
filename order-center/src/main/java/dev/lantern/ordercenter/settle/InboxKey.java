package dev.lantern.ordercenter.settle;

/// Names a row of `inbox`.
public record InboxKey(long actId, String orderNo) {
  static InboxKey of(LogRecord record) {
    return switch (record) {
      case LogRecord.Promised(_, Promise promise, _) ->
          new InboxKey(promise.actId(), promise.orderNo().text());
      case LogRecord.Unreadable unreadable ->
          new InboxKey(unreadable.actId(), unreadable.orderNo());
    };
  }
}
