package dev.lantern.controlplane.envoy;

import dev.lantern.controlplane.topology.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A certificate authority of the test's own, by the JDK's keytool: EC keys with SPIFFE ids.
public final class TestCa {
  private static final String PASSWORD = "changeit";

  private static final String MESH_NAMES =
      "dns:order-center,dns:wallet-api,dns:token-service,dns:counter-service,dns:control-plane";

  private final Path store;
  private final KeyStore keys;

  private TestCa(Path store, KeyStore keys) {
    this.store = store;
    this.keys = keys;
  }

  /// Makes the authority and one leaf a name.
  public static TestCa create(Path dir, List<String> names)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = dir.resolve("test.p12");
    keytool(store, "ca", List.of("-dname", "CN=lantern-test", "-ext", "bc:c=ca:true"));
    for (String name : names) {
      // The mesh listener answers for every service.
      String also = name.equals("envoy-mesh") ? MESH_NAMES : "dns:" + name;
      String san =
          "san=uri:spiffe://lantern/%s,%s,dns:localhost,ip:127.0.0.1".formatted(name, also);
      keytool(store, name, List.of("-dname", "CN=" + name, "-signer", "ca", "-ext", san));
    }
    return new TestCa(store, KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()));
  }

  public Identity identity(String name) throws GeneralSecurityException {
    var chain = new StringBuilder();
    chain.append(pem("CERTIFICATE", keys.getCertificate(name).getEncoded()));
    byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
    return new Identity(chain.toString(), pem("PRIVATE KEY", key));
  }

  public String trust() throws GeneralSecurityException {
    Certificate ca = keys.getCertificate("ca");
    return pem("CERTIFICATE", ca.getEncoded());
  }

  /// Writes one name's files beside the store.
  public Path[] files(String name) throws GeneralSecurityException, IOException {
    Path dir = store.resolveSibling(name);
    Files.createDirectories(dir);
    Path[] files = {dir.resolve("cert.pem"), dir.resolve("key.pem"), dir.resolve("ca.pem")};
    Identity identity = identity(name);
    Files.writeString(files[0], identity.certificateChain());
    Files.writeString(files[1], identity.privateKey());
    Files.writeString(files[2], trust());
    return files;
  }

  private static void keytool(Path store, String alias, List<String> more)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC"));
    command.addAll(List.of("-groupname", "secp256r1", "-validity", "2", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(more);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }

  private static String pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
