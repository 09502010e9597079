package dev.lantern.ordercenter.reconcile;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The section `reconcile` of the configuration; the role `settle` reads it. Defaults lie beside it
/// in YAML, explained there.
///
/// @param webhook where alarms are sent; absent: nowhere
/// @param webhookSecret a file with what they are signed with; needed with a webhook
public record ReconcileConfig(
    Duration lag,
    Duration tokenAge,
    Duration parkedAge,
    Duration stalledAfter,
    Optional<String> webhook,
    Optional<Path> webhookSecret) {
  public ReconcileConfig {
    if (lag.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("lag must be at least 1s: bookings are seen late");
    }
    if (webhook.isPresent() != webhookSecret.isPresent()) {
      throw new IllegalArgumentException("webhook and webhook_secret belong together");
    }
    webhook.ifPresent(address -> {
      String scheme = String.valueOf(URI.create(address).getScheme());
      if (!scheme.equals("https") && !scheme.equals("http")) {
        throw new IllegalArgumentException("webhook must be an http or https address");
      }
    });
  }

  /// The same, and alarms go nowhere.
  public ReconcileConfig withoutWebhook() {
    return new ReconcileConfig(
        lag, tokenAge, parkedAge, stalledAfter, Optional.empty(), Optional.empty());
  }
}
