package dev.lantern.walletapi.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The apps we know, by the `iss` of their assertions: the app id in decimal.
public final class AppRegistry {
  private final Map<String, App> byIssuer;

  /// Throws when two apps have one id.
  public AppRegistry(List<App> apps) {
    this.byIssuer =
        apps.stream()
            .collect(
                Collectors.toUnmodifiableMap(app -> Integer.toString(app.appId()), app -> app));
  }

  Optional<App> byIssuer(String issuer) {
    return Optional.ofNullable(byIssuer.get(issuer));
  }
}
