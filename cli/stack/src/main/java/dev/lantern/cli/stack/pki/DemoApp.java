package dev.lantern.cli.stack.pki;

import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;

/// The demonstration app: the one client of this home that may open sessions. An app signs the
/// assertions of its users with an Ed25519 key; its public half stands in the registry that
/// wallet-api reads.
public record DemoApp(Path registry, Path privateKey) {
  public static final int APP_ID = 1;

  /// The app of this home, its key made when first asked for: once, although the parts that start
  /// side by side all ask.
  public static synchronized DemoApp of(Home home) {
    Path privateKey = home.pki().resolve("demo-app.key");
    Path publicKey = home.pki().resolve("demo-app.pub");
    Path registry = home.pki().resolve("apps.yaml");
    try {
      if (!Files.exists(registry)) {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        PrivateFiles.write(privateKey, Pem.of("PRIVATE KEY", pair.getPrivate().getEncoded()));
        PrivateFiles.write(publicKey, Pem.of("PUBLIC KEY", pair.getPublic().getEncoded()));
        PrivateFiles.write(
            registry,
            "apps:\n  - app_id: "
                + APP_ID
                + "\n    name: Lantern demonstration\n    keys:\n"
                + "      - {pem_file: "
                + publicKey.getFileName()
                + "}\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the demonstration app's key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
    return new DemoApp(registry, privateKey);
  }

  /// The key its assertions are signed with.
  public PrivateKey key() {
    try {
      byte[] der = Pem.der(Files.readString(privateKey));
      return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + privateKey, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(privateKey + " holds no Ed25519 key", e);
    }
  }
}
