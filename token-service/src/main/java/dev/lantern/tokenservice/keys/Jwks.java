package dev.lantern.tokenservice.keys;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Base64;
import java.util.List;

/// Public keys as a JSON Web Key Set (RFC 7517; Ed25519 as RFC 8037 writes it).
public final class Jwks {

  private Jwks() {}

  /// One JWK a key, in the given order. Public parts alone.
  public static String render(List<SigningKey> keys) {
    JsonArray array = new JsonArray();
    for (SigningKey key : keys) {
      array.add(jwk(key));
    }
    JsonObject set = new JsonObject();
    set.add("keys", array);
    return set.toString();
  }

  private static JsonObject jwk(SigningKey key) {
    JsonObject jwk = new JsonObject();
    jwk.addProperty("kty", "OKP");
    jwk.addProperty("crv", "Ed25519");
    jwk.addProperty("use", "sig");
    jwk.addProperty("alg", "EdDSA");
    jwk.addProperty("kid", key.id().value());
    jwk.addProperty(
        "x", Base64.getUrlEncoder().withoutPadding().encodeToString(key.publicKey().raw()));
    return jwk;
  }
}
