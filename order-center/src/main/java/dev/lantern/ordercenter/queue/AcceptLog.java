package dev.lantern.ordercenter.queue;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /// [#append] for many together, each with an end of its own: empty where [#append] throws. In
  /// their order. Where it throws, all of them are in doubt.
  default List<Optional<Appended>> appendAll(LogName log, List<Entry> entries) {
    List<Optional<Appended>> ends = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      try {
        ends.add(Optional.of(append(log, entry.order())));
      } catch (AppendUnknownException e) {
        ends.add(Optional.empty());
      }
    }
    return ends;
  }

  /// A record to be appended.
  ///
  /// @param traceparent the W3C trace context of the call that it is of, empty where there is none
  record Entry(AcceptedOrder order, String traceparent) {}

  /// Where the record lies.
  record Appended(int partition, long offset) {}
}
