package dev.lantern.controlplane.switches;

import java.time.Instant;
import java.util.Optional;

/// One turn of one switch.
///
/// @param revision rises with every turn of any switch, for ever
/// @param expires when the switch falls back to its default; empty: never
public record SwitchChange(
    long revision,
    String name,
    int perTenThousand,
    String author,
    String reason,
    Instant at,
    Optional<Instant> expires) {

  boolean expired(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }
}
