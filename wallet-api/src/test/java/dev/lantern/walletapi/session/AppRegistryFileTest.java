package dev.lantern.walletapi.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.runtime.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppRegistryFileTest {
  @TempDir Path directory;

  @Test
  void registry_withAPemFileBesideItAndAJwk_knowsBothKeys() throws IOException {
    byte[] x509 = Jwts.KEY.getPublic().getEncoded();
    Files.writeString(
        directory.resolve("demo.pub.pem"),
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(x509)
            + "\n-----END PUBLIC KEY-----\n");
    String x = Jwts.encode(Arrays.copyOfRange(x509, x509.length - 32, x509.length));
    AppRegistry registry =
        load(
            """
            apps:
              - app_id: 1
                name: Lantern demonstration
                keys:
                  - {pem_file: demo.pub.pem}
                  - {jwk: {kty: OKP, crv: Ed25519, x: "%s"}}
            """
                .formatted(x));
    App app = registry.byIssuer("1").orElseThrow();
    assertThat(app.keys()).containsExactly(Jwts.KEY.getPublic(), Jwts.KEY.getPublic());
    assertThat(registry.byIssuer("2")).isEmpty();
  }

  @Test
  void registry_withAKeyInNoFormOrInBoth_isRefused() {
    assertThatThrownBy(() -> load("apps: [{app_id: 1, name: a, keys: [{}]}]"))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() ->
            load(
                "apps: [{app_id: 1, name: a, keys: [{pem_file: x, jwk: {kty: OKP, crv: Ed25519,"
                    + " x: y}}]}]"))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void registry_withAKeyOfAnotherKind_isRefused() {
    assertThatThrownBy(
            () -> load("apps: [{app_id: 1, name: a, keys: [{jwk: {kty: RSA, crv: x, x: y}}]}]"))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void registry_withAnAppTwiceOrWithoutKeys_isRefused() {
    String one =
        "{app_id: 1, name: a, keys: [{jwk: {kty: OKP, crv: Ed25519, x: \"%s\"}}]}"
            .formatted(Jwts.encode(new byte[32]));
    assertThatThrownBy(() -> load("apps: [" + one + "," + one + "]"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> load("apps: [{app_id: 1, name: a, keys: []}]"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void registry_withAMissingKeyFile_isRefused() {
    assertThatThrownBy(() -> load("apps: [{app_id: 1, name: a, keys: [{pem_file: gone.pem}]}]"))
        .isInstanceOf(UncheckedIOException.class);
  }

  private AppRegistry load(String yaml) throws IOException {
    Path file = directory.resolve("apps.yaml");
    Files.writeString(file, yaml);
    return AppRegistryFile.load(file);
  }
}
