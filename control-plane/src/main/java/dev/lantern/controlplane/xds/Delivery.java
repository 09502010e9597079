package dev.lantern.controlplane.xds;

import java.time.Duration;
import java.time.Instant;

/// How one resource stands at one Envoy.
///
/// @param sent the version last sent
/// @param acknowledged the version last accepted; empty before the first
/// @param error why the last one sent was refused; empty when it was not
/// @param refusals how often a version of it was refused
/// @param at when the Envoy last answered, or when it was sent
/// @param took how long the last answer took
public record Delivery(
    ResourceKind kind,
    String name,
    String sent,
    String acknowledged,
    String error,
    int refusals,
    Instant at,
    Duration took) {

  static Delivery begun(ResourceKind kind, String name, String version, Instant at) {
    return new Delivery(kind, name, version, "", "", 0, at, Duration.ZERO);
  }

  /// What was said of another version says nothing of this one.
  Delivery sent(String version, Instant now) {
    String rest = version.equals(sent) ? error : "";
    return new Delivery(kind, name, version, acknowledged, rest, refusals, now, took);
  }

  Delivery acknowledged(String version, Instant now) {
    String rest = version.equals(sent) ? "" : error;
    return new Delivery(kind, name, sent, version, rest, refusals, now, Duration.between(at, now));
  }

  Delivery refused(String why, Instant now) {
    return new Delivery(
        kind, name, sent, acknowledged, why, refusals + 1, now, Duration.between(at, now));
  }
}
