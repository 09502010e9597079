package dev.lantern.cli.stack.pki;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.PrivateFiles;
import dev.lantern.cli.stack.home.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Issues EC P-256 certificates with the JDK's own keytool and writes them as PEM files.
///
/// A leaf is issued once and kept; one with under a week to live is issued anew (at a start, so the
/// running processes keep theirs). Each issue is one keytool run on a copy of the CA's key store,
/// so leaves can be issued in parallel.
public final class DevPki {
  private static final String CA = "ca";
  private static final int CA_DAYS = 3650;
  private static final int LEAF_DAYS = 365;
  private static final int RENEW_DAYS = 7;

  private static final String MESH_PROXY = "envoy-mesh";
  private static final List<String> BEHIND_THE_MESH =
      List.of("order-center", "wallet-api", "token-service", "counter-service", "control-plane");

  private final Path directory;
  private final String password;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  public DevPki(Home home, Secrets secrets) {
    this.directory = home.pki();
    this.password = secrets.of("pki-store");
  }

  /// The certificate of the authority, PEM.
  public Path authority() {
    return directory.resolve("ca.crt");
  }

  /// The identity `spiffe://lantern/NAME`, also valid for the host names NAME and localhost and for
  /// 127.0.0.1, so that it serves and calls.
  public Leaf leaf(String name) throws IOException, InterruptedException {
    Path certificate = directory.resolve(name + ".crt");
    Path key = directory.resolve(name + ".key");
    synchronized (locks.computeIfAbsent(name, _ -> new Object())) {
      ensureAuthority();
      issueIfNeeded(name, certificate, key);
    }
    return new Leaf(certificate, key, authority());
  }

  private void issueIfNeeded(String name, Path certificate, Path key)
      throws IOException, InterruptedException {
    try {
      if (!Files.exists(certificate) || !Files.exists(key) || nearItsEnd(certificate)) {
        issue(name, certificate, key);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate of " + name + " cannot be made", e);
    }
  }

  private synchronized void ensureAuthority() throws IOException, InterruptedException {
    if (Files.exists(authority())) {
      return;
    }
    Path store = directory.resolve("ca.p12");
    Files.deleteIfExists(store);
    keytool(
        store,
        List.of(
            "-alias",
            CA,
            "-dname",
            "CN=Lantern development CA",
            "-validity",
            "" + CA_DAYS,
            "-ext",
            "bc:critical=ca:true,pathlen:0",
            "-ext",
            "ku:critical=keyCertSign,cRLSign"));
    try {
      PrivateFiles.write(authority(), pem(List.of(load(store).getCertificate(CA))));
    } catch (GeneralSecurityException e) {
      throw new IOException("the development CA cannot be made", e);
    }
  }

  private void issue(String name, Path certificate, Path key)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path work = Files.createTempDirectory(directory, "." + name);
    try {
      Path store = work.resolve("store.p12");
      Files.copy(directory.resolve("ca.p12"), store, StandardCopyOption.REPLACE_EXISTING);
      String san = "san=uri:spiffe://lantern/" + name + hosts(name) + ",ip:127.0.0.1";
      keytool(
          store,
          List.of(
              "-alias",
              name,
              "-dname",
              "CN=" + name + ",O=Lantern",
              "-validity",
              "" + LEAF_DAYS,
              "-signer",
              CA,
              "-ext",
              san,
              "-ext",
              "ku:critical=digitalSignature",
              "-ext",
              "eku=serverAuth,clientAuth"));
      KeyStore issued = load(store);
      var secret = issued.getKey(name, password.toCharArray());
      PrivateFiles.write(key, Pem.of("PRIVATE KEY", secret.getEncoded()));
      PrivateFiles.write(certificate, pem(List.of(issued.getCertificateChain(name))));
    } finally {
      ArtifactCache.delete(work);
    }
  }

  /// The host names a certificate holds for. The mesh proxy answers for every service, since a
  /// service is chosen by the authority of a call, and tools check the authority.
  private static String hosts(String name) {
    var hosts = new StringBuilder(",dns:" + name + ",dns:localhost");
    if (name.equals(MESH_PROXY)) {
      BEHIND_THE_MESH.forEach(service -> hosts.append(",dns:").append(service));
    }
    return hosts.toString();
  }

  private void keytool(Path store, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-genkeypair"));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-sigalg", "SHA256withECDSA", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass:env", "LANTERN_STORE"));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LANTERN_STORE", password);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new StackException(
          "keytool cannot make a certificate: " + said.strip(),
          "is the JDK complete? `lantern doctor` shows which one is used");
    }
  }

  private KeyStore load(Path store) throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(store.toFile(), password.toCharArray());
  }

  private static boolean nearItsEnd(Path certificate) throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(certificate)) {
      var x509 = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return x509.getNotAfter()
          .toInstant()
          .isBefore(Instant.now().plus(RENEW_DAYS, ChronoUnit.DAYS));
    }
  }

  private static String pem(List<Certificate> chain) throws GeneralSecurityException {
    var text = new StringBuilder();
    for (Certificate certificate : chain) {
      text.append(Pem.of("CERTIFICATE", certificate.getEncoded()));
    }
    return text.toString();
  }
}
