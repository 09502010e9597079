package dev.lantern.cli.stack.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevPkiTest {
  private static final Integer URI = 6;
  private static final Integer DNS = 2;

  @TempDir Path folder;

  @Test
  void leaf_namesItsSpiffeIdAndIsSignedByTheAuthority()
      throws IOException, InterruptedException, GeneralSecurityException {
    Home home = Home.open(folder.resolve("home"));
    var pki = new DevPki(home, new Secrets(home, new SecureRandom()));

    Leaf leaf = pki.leaf("envoy-mesh");

    X509Certificate certificate = certificates(leaf.certificate()).getFirst();
    X509Certificate authority = certificates(leaf.authority()).getFirst();
    certificate.verify(authority.getPublicKey());
    assertThat(certificate.getSubjectAlternativeNames())
        .contains(List.of(URI, "spiffe://lantern/envoy-mesh"), List.of(DNS, "order-center"));
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(authority.getBasicConstraints()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(leaf.key())))
        .isEqualTo("rw-------");
    assertThat(ClientTls.of(leaf).getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void leaf_askedForAgain_isTheSame() throws IOException, InterruptedException {
    Home home = Home.open(folder.resolve("home"));
    var secrets = new Secrets(home, new SecureRandom());
    String first = Files.readString(new DevPki(home, secrets).leaf("operator").certificate());

    Leaf again = new DevPki(home, secrets).leaf("operator");

    assertThat(again.certificate()).hasContent(first);
  }

  private static List<X509Certificate> certificates(Path pem)
      throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    }
  }
}
