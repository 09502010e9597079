package dev.lantern.controlplane.switches;

import java.time.Instant;
import java.util.Optional;

/// Where a switch stands, whose doing it is, and where it stands afterwards.
///
/// @param by the turn, of the switch or of the level, that it goes by; empty: its default
/// @param level the rank it goes by; 0: no level's doing
/// @param until when it falls to `afterwards` by itself; empty: never
public record Standing(
    int perTenThousand,
    Optional<SwitchChange> by,
    int level,
    Optional<Instant> until,
    int afterwards) {}
