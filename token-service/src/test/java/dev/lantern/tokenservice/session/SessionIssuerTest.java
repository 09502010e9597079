package dev.lantern.tokenservice.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lantern.tokenservice.keys.Jwks;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.PublicKeyBytes;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.keys.SigningKey;
import dev.lantern.tokenservice.signing.EngineChoice;
import dev.lantern.tokenservice.signing.EngineKind;
import dev.lantern.tokenservice.signing.KeyRing;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionIssuerTest {

  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00.987Z");

  private final KeyRing ring =
      KeyRing.load(
          EngineChoice.of(List.of(EngineKind.values())).engine(),
          KeyScope.all().stream().map(scope -> SigningKey.generate(scope, NOW)).toList());
  private final SessionIssuer issuer = new SessionIssuer(() -> ring, Duration.ofHours(12));

  @Test
  void session_saysWhoAndForHowLong() {
    Session session = issuer.issue(9_007_199_254_740_993L, 3, KeyLane.LIVE, NOW);

    JsonObject claims = json(session, 1);
    assertThat(claims.get("iss").getAsString()).isEqualTo("lantern");
    assertThat(claims.get("aud").getAsString()).isEqualTo("lantern-edge");
    assertThat(claims.get("sub").getAsString()).isEqualTo("9007199254740993");
    assertThat(claims.get("act_id")).isEqualTo(JsonParser.parseString("\"9007199254740993\""));
    assertThat(claims.get("app_id")).isEqualTo(JsonParser.parseString("\"3\""));
    assertThat(claims.get("lane").getAsString()).isEqualTo("live");
    assertThat(session.expireTime()).isEqualTo(Instant.parse("2027-01-02T00:00:00Z"));
    assertThat(claims.get("exp").getAsLong()).isEqualTo(session.expireTime().getEpochSecond());
    assertThat(claims.get("iat").getAsLong()).isEqualTo(NOW.getEpochSecond());
  }

  @Test
  void header_namesTheLanesSessionKey() {
    JsonObject live = json(issuer.issue(7, 3, KeyLane.LIVE, NOW), 0);
    JsonObject stress = json(issuer.issue(7, 3, KeyLane.STRESS, NOW), 0);

    assertThat(live.get("alg").getAsString()).isEqualTo("EdDSA");
    assertThat(live.get("kid").getAsString()).isEqualTo(kid(KeyLane.LIVE));
    assertThat(stress.get("kid").getAsString()).isEqualTo(kid(KeyLane.STRESS));
  }

  @Test
  void session_isVerifiedByTheJdk_withTheKeyFromTheJwks() throws Exception {
    String[] parts = issuer.issue(7, 3, KeyLane.LIVE, NOW).jwt().split("\\.", -1);
    String kid = json(parts[0]).get("kid").getAsString();

    Signature verifier = Signature.getInstance("Ed25519", "SunEC");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519", "SunEC")
            .generatePublic(new X509EncodedKeySpec(fromJwks(kid).x509())));
    verifier.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));

    assertThat(parts).hasSize(3);
    assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @Test
  void jwks_holdsPublicPartsAlone() {
    for (var element :
        JsonParser.parseString(Jwks.render(ring.keys())).getAsJsonObject().getAsJsonArray("keys")) {
      assertThat(element.getAsJsonObject().keySet())
          .containsExactlyInAnyOrder("kty", "crv", "use", "alg", "kid", "x");
      assertThat(element.getAsJsonObject().get("kty").getAsString()).isEqualTo("OKP");
      assertThat(element.getAsJsonObject().get("crv").getAsString()).isEqualTo("Ed25519");
    }
  }

  private PublicKeyBytes fromJwks(String kid) {
    for (var element :
        JsonParser.parseString(Jwks.render(ring.keys())).getAsJsonObject().getAsJsonArray("keys")) {
      JsonObject jwk = element.getAsJsonObject();
      if (jwk.get("kid").getAsString().equals(kid)) {
        return PublicKeyBytes.ofRaw(Base64.getUrlDecoder().decode(jwk.get("x").getAsString()));
      }
    }
    throw new AssertionError("no key " + kid);
  }

  private String kid(KeyLane lane) {
    return ring.current(new KeyScope(Purpose.SESSION, lane), NOW).key().id().value();
  }

  private static JsonObject json(Session session, int part) {
    return json(session.jwt().split("\\.", -1)[part]);
  }

  private static JsonObject json(String part) {
    return JsonParser.parseString(new String(Base64.getUrlDecoder().decode(part), UTF_8))
        .getAsJsonObject();
  }
}
