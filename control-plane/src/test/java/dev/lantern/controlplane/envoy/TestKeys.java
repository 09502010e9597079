package dev.lantern.controlplane.envoy;

import com.google.gson.Gson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// Session JWTs as token-service makes them, and the JWKS that verifies them.
public final class TestKeys {
  private final KeyPair pair;
  private final String keyId;

  private TestKeys(KeyPair pair, String keyId) {
    this.pair = pair;
    this.keyId = keyId;
  }

  public static TestKeys generate(String keyId) throws GeneralSecurityException {
    return new TestKeys(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), keyId);
  }

  public String jwks() {
    byte[] spki = pair.getPublic().getEncoded();
    String x = base64(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
    return "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"use\":\"sig\","
        + "\"kid\":\""
        + keyId
        + "\",\"x\":\""
        + x
        + "\"}]}";
  }

  public String session(long actId) throws GeneralSecurityException {
    return sign(claims(actId));
  }

  public Map<String, Object> claims(long actId) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", "lantern");
    claims.put("aud", "lantern-edge");
    claims.put("sub", Long.toString(actId));
    claims.put("act_id", Long.toString(actId));
    claims.put("app_id", "7");
    claims.put("lane", "live");
    claims.put("exp", Instant.now().getEpochSecond() + 600);
    return claims;
  }

  public String sign(Map<String, Object> claims) throws GeneralSecurityException {
    String header = "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}";
    String signed = base64(bytes(header)) + "." + base64(bytes(new Gson().toJson(claims)));
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(bytes(signed));
    return signed + "." + base64(signature.sign());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
