package dev.lantern.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedCertTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "URI=spiffe://lantern/wallet-api",
        "By=spiffe://lantern/envoy-mesh;Hash=ab12;Subject=\"CN=a;b,c\";URI=spiffe://lantern/wallet-api",
        "Hash=ab12;uri=\"spiffe://lantern/wallet-api\";DNS=wallet-api",
        "Subject=\"CN=\\\"x\\\"\";URI=spiffe://lantern/wallet-api",
      })
  void caller_wellFormed_isTheUri(String header) {
    assertThat(ForwardedCert.caller(header)).contains(new SpiffeId("wallet-api"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Hash=ab12",
        "URI=",
        "URI=spiffe://lantern/",
        "URI=spiffe://other/wallet-api",
        "URI=spiffe://lantern/wallet-api/extra",
        "URI=spiffe://lantern/Wallet",
        "URI=spiffe://lantern/wallet-api;URI=spiffe://lantern/operator",
        "URI=spiffe://lantern/wallet-api,URI=spiffe://lantern/operator",
        "Hash=a,URI=spiffe://lantern/wallet-api",
        "URI=spiffe://lantern/wallet-api;",
        "URI=\"spiffe://lantern/wallet-api",
        "URI=\"spiffe://lantern/wallet-api\"x",
        "Subject=\"\\",
        "; URI=spiffe://lantern/wallet-api",
        "spiffe://lantern/wallet-api",
      })
  void caller_anythingElse_isNobody(String header) {
    assertThat(ForwardedCert.caller(header)).isEmpty();
  }

  @Test
  void caller_overlong_isNobody() {
    assertThat(
            ForwardedCert.caller("Hash=" + "a".repeat(5000) + ";URI=spiffe://lantern/wallet-api"))
        .isEmpty();
  }
}
