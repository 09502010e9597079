package dev.lantern.cli.stack.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A TLS context that shows one of our identities and trusts our authority alone.
public final class ClientTls {
  private static final char[] NONE = new char[0];

  private ClientTls() {}

  public static SSLContext of(Leaf leaf) throws IOException {
    try {
      var identity = KeyStore.getInstance("PKCS12");
      identity.load(null, NONE);
      identity.setKeyEntry(
          "leaf",
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(Pem.der(Files.readString(leaf.key())))),
          NONE,
          certificates(leaf.certificate()));
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(identity, NONE);
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, NONE);
      trusted.setCertificateEntry("ca", certificates(leaf.authority())[0]);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      var context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate " + leaf.certificate() + " cannot be used", e);
    }
  }

  private static Certificate[] certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .toArray(new Certificate[0]);
    }
  }
}
