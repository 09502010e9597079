package dev.lantern.runtime.identity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A process of ours: `spiffe://lantern/<name>`.
public record SpiffeId(String name) {

  // First: the constants below are checked against it.
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final Pattern URI = Pattern.compile("spiffe://lantern/([a-z][a-z0-9-]{0,62})");

  /// The edge's Envoy: it speaks for users.
  public static final SpiffeId EDGE = new SpiffeId("envoy-edge");

  /// The mesh's Envoy: it speaks for the services behind it.
  public static final SpiffeId MESH = new SpiffeId("envoy-mesh");

  /// Who drives trials: all it ever does is of the stress lane.
  public static final SpiffeId STRESS_DRIVER = new SpiffeId("stress-driver");

  public SpiffeId {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a process: " + name);
    }
  }

  /// Empty unless the URI is exactly one of our trust domain.
  public static Optional<SpiffeId> parse(String uri) {
    Matcher matcher = URI.matcher(uri);
    return matcher.matches() ? Optional.of(new SpiffeId(matcher.group(1))) : Optional.empty();
  }

  public String uri() {
    return "spiffe://lantern/" + name;
  }

  @Override
  public String toString() {
    return uri();
  }
}
