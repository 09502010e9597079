package dev.lantern.tokenservice.session;

import com.google.gson.JsonObject;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.signing.LoadedKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/// Makes session JWTs with the session key of the user's lane.
///
/// Ids are strings in the claims, as JSON numbers lose int64 above 2^53 and Envoy forwards claims
/// as headers. Times are whole seconds, rounded down: a session never outlives what was said of it.
public final class SessionIssuer {

  /// What the edge expects to read in `iss` and `aud`.
  public static final String ISSUER = "lantern";

  public static final String AUDIENCE = "lantern-edge";

  /// A trial's sessions do not outlive it for long.
  private static final Duration TRIAL = Duration.ofHours(1);

  private final Supplier<KeyRing> ring;
  private final Duration lifetime;

  /// @param ring the one of now, asked for each call
  public SessionIssuer(Supplier<KeyRing> ring, Duration lifetime) {
    this.ring = ring;
    this.lifetime = lifetime;
  }

  /// A session of this user, from now on for the configured lifetime.
  public Session issue(long actId, int appId, KeyLane lane, Instant now) {
    LoadedKey key = ring.get().current(new KeyScope(Purpose.SESSION, lane), now);
    Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
    Instant expires = issued.plus(lane == KeyLane.STRESS ? least(TRIAL, lifetime) : lifetime);
    String signed =
        part(header(key.key().id().value()))
            + "."
            + part(claims(actId, appId, lane, issued, expires));
    byte[] signature = key.sign(List.of(signed.getBytes(StandardCharsets.US_ASCII))).getFirst();
    return new Session(signed + "." + encode(signature), expires);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static JsonObject header(String keyId) {
    JsonObject header = new JsonObject();
    header.addProperty("alg", "EdDSA");
    header.addProperty("typ", "JWT");
    header.addProperty("kid", keyId);
    return header;
  }

  private static JsonObject claims(
      long actId, int appId, KeyLane lane, Instant issued, Instant expires) {
    JsonObject claims = new JsonObject();
    claims.addProperty("iss", ISSUER);
    claims.addProperty("aud", AUDIENCE);
    claims.addProperty("sub", Long.toString(actId));
    claims.addProperty("act_id", Long.toString(actId));
    claims.addProperty("app_id", Integer.toString(appId));
    claims.addProperty("lane", lane.word());
    claims.addProperty("iat", issued.getEpochSecond());
    claims.addProperty("exp", expires.getEpochSecond());
    return claims;
  }

  private static String part(JsonObject json) {
    return encode(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
