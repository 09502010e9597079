package dev.lantern.ordercenter.reconcile;

import java.time.Instant;

/// Where alarms go. Blocks for a few seconds at most.
public interface Webhook {
  /// Sends a body under an id that stays the same however often it is sent.
  ///
  /// @throws WebhookFailed unless the receiver has taken it
  void send(long id, String body, Instant now);

  /// It was not taken, as far as is known.
  final class WebhookFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WebhookFailed(String why) {
      super(why, null, false, false);
    }
  }
}
