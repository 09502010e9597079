package dev.lantern.walletapi.session;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Consumer;

/// Assertions good and bad, put together by hand.
final class Jwts {
  static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");
  static final KeyPair KEY = pair();
  static final AppRegistry APPS =
      new AppRegistry(java.util.List.of(new App(1, "demo", java.util.List.of(KEY.getPublic()))));

  private Jwts() {}

  static JsonObject header() {
    JsonObject header = new JsonObject();
    header.addProperty("alg", "EdDSA");
    header.addProperty("typ", "JWT");
    return header;
  }

  static JsonObject claims() {
    JsonObject claims = new JsonObject();
    claims.addProperty("iss", "1");
    claims.addProperty("sub", "user-4711");
    claims.addProperty("aud", "lantern");
    claims.addProperty("exp", NOW.getEpochSecond() + 45);
    claims.addProperty("jti", "0123456789abcdef");
    return claims;
  }

  static String good() {
    return jwt(header().toString(), claims().toString(), KEY);
  }

  static String withClaims(Consumer<JsonObject> change) {
    JsonObject claims = claims();
    change.accept(claims);
    return jwt(header().toString(), claims.toString(), KEY);
  }

  static String withHeader(Consumer<JsonObject> change) {
    JsonObject header = header();
    change.accept(header);
    return jwt(header.toString(), claims().toString(), KEY);
  }

  static String jwt(String header, String claims, KeyPair key) {
    String signed = encode(header) + "." + encode(claims);
    return signed + "." + encode(sign(signed, key));
  }

  static byte[] sign(String text, KeyPair key) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(key.getPrivate());
      ed25519.update(text.getBytes(StandardCharsets.US_ASCII));
      return ed25519.sign();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }

  static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }
}
