package dev.lantern.ordercenter.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Alarms that are not sent yet.
public interface AlarmOutbox {
  /// Those due, the oldest first.
  List<Event> due(Instant now, int limit);

  void sent(Event event, Instant now);

  /// It is tried again then, or never.
  void failed(Event event, Optional<Instant> next);

  /// One alarm.
  ///
  /// @param tries how often it has been tried
  record Event(long id, String body, int tries) {}
}
