package dev.lantern.cli.stack.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DemoAppTest {
  private static final int PARTS = 8;

  @TempDir Path directory;

  @Test
  void partsThatAskAtOnce_getOneKey_andTheRegistryHoldsItsOtherHalf() throws Exception {
    Home home = Home.open(directory);
    var together = new CyclicBarrier(PARTS);
    Callable<byte[]> ask =
        () -> {
          together.await();
          return DemoApp.of(home).key().getEncoded();
        };
    var asked = new ArrayList<Future<byte[]>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < PARTS; i++) {
        asked.add(threads.submit(ask));
      }
    }
    byte[] kept = DemoApp.of(home).key().getEncoded();
    for (Future<byte[]> key : asked) {
      assertThat(key.get()).isEqualTo(kept);
    }
    assertThat(signedByItsOtherHalf(home)).isTrue();
  }

  private static boolean signedByItsOtherHalf(Home home) throws Exception {
    byte[] text = {1, 2, 3};
    var signer = Signature.getInstance("Ed25519");
    signer.initSign(DemoApp.of(home).key());
    signer.update(text);
    byte[] der = Pem.der(Files.readString(home.pki().resolve("demo-app.pub")));
    var verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
    verifier.update(text);
    return verifier.verify(signer.sign());
  }
}
