package dev.lantern.sdk.session;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// Makes an app's assertions: JWTs signed with EdDSA (RFC 8037) that hold for one session.
///
/// `iss` = app id, `sub` = the app's user id, `aud` = `lantern`, `exp` = now + [#LIFETIME], `jti` =
/// 128 random bits. Each is good once. Safe for use by many threads if the generator is.
public final class AppAssertions {
  /// Long enough for a slow phone, short enough that a stolen one is soon worth nothing. At most 60
  /// s would be taken.
  public static final Duration LIFETIME = Duration.ofSeconds(45);

  private static final String AUDIENCE = "lantern";
  private static final String HEADER = encode("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}");

  private final int appId;
  private final PrivateKey key;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param key the app's Ed25519 private key
  /// @param random unpredictable in production: a [java.security.SecureRandom]
  public AppAssertions(int appId, PrivateKey key, InstantSource clock, RandomGenerator random) {
    this.appId = appId;
    this.key = key;
    this.clock = clock;
    this.random = random;
  }

  /// An assertion for one of the app's users, 1 to 128 visible ASCII characters.
  public String of(String appUserId) {
    JsonObject claims = new JsonObject();
    claims.addProperty("iss", Integer.toString(appId));
    claims.addProperty("sub", appUserId);
    claims.addProperty("aud", AUDIENCE);
    claims.addProperty("exp", clock.instant().plus(LIFETIME).getEpochSecond());
    claims.addProperty("jti", "%016x%016x".formatted(random.nextLong(), random.nextLong()));
    String signed = HEADER + "." + encode(claims.toString());
    return signed + "." + signature(signed);
  }

  private String signature(String signed) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(key);
      ed25519.update(signed.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(ed25519.sign());
    } catch (GeneralSecurityException unfit) {
      throw new IllegalArgumentException("the app's key is not an Ed25519 private key", unfit);
    }
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
