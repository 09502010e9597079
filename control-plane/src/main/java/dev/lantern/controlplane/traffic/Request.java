package dev.lantern.controlplane.traffic;

import java.time.Instant;

/// A request that came, whatever was answered.
///
/// @param user the verified user's id; empty when there was none
public record Request(Instant at, String route, String user) {}
