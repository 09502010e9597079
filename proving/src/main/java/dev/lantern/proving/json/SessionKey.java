package dev.lantern.proving.json;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;

/// Signs sessions for an edge of our own, as token-service does for the stack's.
final class SessionKey {
  private static final String KEY_ID = "corpus";
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int X_BYTES = 32;

  private final KeyPair pair;
  private final InstantSource clock;

  private SessionKey(KeyPair pair, InstantSource clock) {
    this.pair = pair;
    this.clock = clock;
  }

  static SessionKey generate(InstantSource clock) {
    try {
      return new SessionKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), clock);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  String jwks() {
    byte[] spki = pair.getPublic().getEncoded();
    String x = base64(Arrays.copyOfRange(spki, spki.length - X_BYTES, spki.length));
    return ("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"use\":\"sig\","
            + "\"kid\":\"%s\",\"x\":\"%s\"}]}")
        .formatted(KEY_ID, x);
  }

  /// A session of this user that holds for an hour.
  String session(long actId) {
    var header = new JsonObject();
    header.addProperty("alg", "EdDSA");
    header.addProperty("typ", "JWT");
    header.addProperty("kid", KEY_ID);
    var claims = new JsonObject();
    claims.addProperty("iss", "lantern");
    claims.addProperty("aud", "lantern-edge");
    claims.addProperty("sub", Long.toString(actId));
    claims.addProperty("act_id", Long.toString(actId));
    claims.addProperty("app_id", "1");
    claims.addProperty("lane", "live");
    claims.addProperty("exp", clock.instant().plus(LIFE).getEpochSecond());
    String signed = base64(bytes(header.toString())) + "." + base64(bytes(claims.toString()));
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(bytes(signed));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of our own does not sign", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
