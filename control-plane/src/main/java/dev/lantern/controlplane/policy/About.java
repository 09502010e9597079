package dev.lantern.controlplane.policy;

import java.time.Instant;
import java.util.Optional;

/// What every rule says of itself.
///
/// @param expires from then on its document is again what it was before
/// @param shadow decides and counts, and refuses nobody
public record About(
    String id,
    String owner,
    String reason,
    Criticality criticality,
    Optional<Instant> expires,
    boolean shadow,
    Origin origin) {

  /// With nothing but a name: for what we make ourselves, and for tests.
  public static About of(String id, Origin origin) {
    return new About(id, "", "", Criticality.NORMAL, Optional.empty(), false, origin);
  }
}
