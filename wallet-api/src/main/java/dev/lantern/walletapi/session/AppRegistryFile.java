package dev.lantern.walletapi.session;

import dev.lantern.runtime.config.Config;
import dev.lantern.sdk.token.Ed25519Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The registry as it lies on disk; read once, at the start.
///
/// ```yaml
/// apps:
///   - app_id: 1
///     name: Lantern demonstration
///     keys:
///       - {pem_file: demo-app.pub.pem}      # beside this file, or absolute; X.509
///       - {jwk: {kty: OKP, crv: Ed25519, x: 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo}}
/// ```
public record AppRegistryFile(List<Entry> apps) {

  /// One app.
  public record Entry(int appId, String name, List<Key> keys) {}

  /// One key, in one of two forms.
  public record Key(Optional<Path> pemFile, Optional<Jwk> jwk) {
    public Key {
      if (pemFile.isPresent() == jwk.isPresent()) {
        throw new IllegalArgumentException("a key has either pem_file or jwk");
      }
    }
  }

  /// RFC 8037; `x` is the public key's 32 bytes in base64url.
  public record Jwk(String kty, String crv, String x) {
    public Jwk {
      if (!kty.equals("OKP") || !crv.equals("Ed25519")) {
        throw new IllegalArgumentException("a jwk here has kty OKP and crv Ed25519");
      }
    }
  }

  /// Throws [dev.lantern.runtime.config.ConfigException] for a file that does not hold together and
  /// [IllegalArgumentException] for a key that is none; a service does not start without its apps.
  public static AppRegistry load(Path yaml) {
    Path beside = Optional.ofNullable(yaml.toAbsolutePath().getParent()).orElseThrow();
    AppRegistryFile file = Config.load(AppRegistryFile.class, yaml, Map.of());
    return new AppRegistry(
        file.apps().stream()
            .map(entry ->
                new App(
                    entry.appId(),
                    entry.name(),
                    entry.keys().stream().map(key -> publicKey(key, beside)).toList()))
            .toList());
  }

  private static PublicKey publicKey(Key key, Path beside) {
    return key.jwk()
        .map(jwk -> Ed25519Keys.ofRaw(Base64.getUrlDecoder().decode(jwk.x())))
        .orElseGet(
            () -> Ed25519Keys.ofPublicPem(text(beside.resolve(key.pemFile().orElseThrow()))));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the key file " + file + " cannot be read", unreadable);
    }
  }
}
