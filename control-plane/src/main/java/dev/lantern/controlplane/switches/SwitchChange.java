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
  /// The name under which operators' turns of the level are written down; the value is the rank.
  public static final String LEVEL = "mesh.level";

  /// The same of the level that comes by itself.
  public static final String AUTOMATIC_LEVEL = "mesh.level.automatic";

  public SwitchChange withRevision(long number) {
    return new SwitchChange(number, name, perTenThousand, author, reason, at, expires);
  }

  /// The same turn, holding until another time.
  public SwitchChange until(Instant end) {
    return new SwitchChange(revision, name, perTenThousand, author, reason, at, Optional.of(end));
  }

  boolean isLevel() {
    return name.equals(LEVEL) || name.equals(AUTOMATIC_LEVEL);
  }

  boolean expired(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }
}
