package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Sends what is in the outbox: at least once, again after 10 s, 20 s, … up to an hour, at most
/// [#TRIES] times; then it pages.
///
/// After the first failure the rest waits for the next turn: a webhook that hangs costs a turn one
/// call's patience, and not the process its seat.
public final class AlarmSender {
  static final int TRIES = 12;
  private static final int AT_ONCE = 5;
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final AlarmOutbox outbox;
  private final Optional<Webhook> webhook;
  private final ReconcileWatch watch;
  private final Clock clock;

  /// A sender to one place.
  ///
  /// @param webhook empty: nothing is sent, and nothing was written
  public AlarmSender(
      AlarmOutbox outbox, Optional<Webhook> webhook, ReconcileWatch watch, Clock clock) {
    this.outbox = outbox;
    this.webhook = webhook;
    this.watch = watch;
    this.clock = clock;
  }

  void send() {
    webhook.ifPresent(hook -> {
      for (AlarmOutbox.Event event : outbox.due(clock.now().wall(), AT_ONCE)) {
        if (!isSent(hook, event)) {
          return;
        }
      }
    });
  }

  private boolean isSent(Webhook hook, AlarmOutbox.Event event) {
    Instant now = clock.now().wall();
    try {
      hook.send(event.id(), event.body(), now);
      outbox.sent(event, now);
      watch.alarm(ReconcileWatch.Delivery.SENT, "");
      return true;
    } catch (Webhook.WebhookFailed failed) {
      boolean last = event.tries() + 1 >= TRIES;
      outbox.failed(event, last ? Optional.empty() : Optional.of(now.plus(rest(event.tries()))));
      watch.alarm(
          last ? ReconcileWatch.Delivery.GIVEN_UP : ReconcileWatch.Delivery.FAILED,
          String.valueOf(failed.getMessage()));
      return false;
    }
  }

  static Duration rest(int tries) {
    Duration rest = FIRST.multipliedBy(1L << Math.min(tries, 20));
    return rest.compareTo(LONGEST) < 0 ? rest : LONGEST;
  }
}
