package dev.lantern.walletapi.session;

import dev.lantern.walletapi.session.Assertion.Bad;
import dev.lantern.walletapi.session.Assertion.Defect;
import dev.lantern.walletapi.session.Assertion.Sound;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Judges an app's assertion (a JWT, RFC 7519, in compact form), from its text, the registry and
/// the time alone.
///
/// The algorithm is not negotiable: the header must say EdDSA, and only Ed25519 keys are ever
/// tried, so neither `none` nor a public key used as an HMAC secret can get through. A `crit` in
/// the header is refused, since we do none of it. Nothing in the claims but `iss` is looked at
/// before the signature holds. Each text has one spelling (canonical base64url), each claim one
/// value (see [FlatJson]). Whether its `jti` was spent before is not this class's to know.
public final class AssertionVerifier {
  /// How far ahead `exp` may be.
  public static final Duration LIFETIME_MAX = Duration.ofSeconds(60);

  /// How far our clock and the app's may differ.
  public static final Duration LEEWAY = Duration.ofSeconds(5);

  private static final String AUDIENCE = "lantern";
  private static final String JTI = "[A-Za-z0-9._:~+/=-]{8,64}";

  private final AppRegistry apps;

  public AssertionVerifier(AppRegistry apps) {
    this.apps = apps;
  }

  public Assertion verify(String jwt, Instant now) {
    String[] parts = jwt.split("\\.", -1);
    if (parts.length != 3) {
      return new Bad(Defect.MALFORMED);
    }
    Optional<FlatJson> header = bytes(parts[0]).flatMap(AssertionVerifier::json);
    Optional<FlatJson> claims = bytes(parts[1]).flatMap(AssertionVerifier::json);
    Optional<byte[]> signature = bytes(parts[2]);
    if (header.isEmpty() || claims.isEmpty() || signature.isEmpty()) {
      return new Bad(Defect.MALFORMED);
    }
    if (!isPlainEdDsa(header.get())) {
      return new Bad(Defect.ALGORITHM);
    }
    Optional<App> app = claims.get().string("iss").flatMap(apps::byIssuer);
    if (app.isEmpty()) {
      return new Bad(Defect.UNKNOWN_APP);
    }
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    if (!isSignedByAny(app.get().keys(), signed, signature.get())) {
      return new Bad(Defect.SIGNATURE);
    }
    return claims(app.get(), claims.get(), now);
  }

  private static Assertion claims(App app, FlatJson claims, Instant now) {
    OptionalLong exp = claims.number("exp");
    String sub = claims.string("sub").orElse("");
    String jti = claims.string("jti").orElse("");
    if (!claims.strings("aud").contains(AUDIENCE)) {
      return new Bad(Defect.AUDIENCE);
    }
    long nowSeconds = now.getEpochSecond();
    if (exp.isEmpty() || exp.getAsLong() + LEEWAY.toSeconds() <= nowSeconds) {
      return new Bad(Defect.EXPIRED);
    }
    if (exp.getAsLong() > nowSeconds + LIFETIME_MAX.plus(LEEWAY).toSeconds()) {
      return new Bad(Defect.TOO_LONG);
    }
    if (isAhead(claims, "nbf", nowSeconds) || isAhead(claims, "iat", nowSeconds)) {
      return new Bad(Defect.NOT_YET);
    }
    if (!AppUser.isAppUserId(sub)) {
      return new Bad(Defect.SUBJECT);
    }
    if (!jti.matches(JTI)) {
      return new Bad(Defect.JTI);
    }
    Instant expires = Instant.ofEpochSecond(exp.getAsLong()).plus(LEEWAY);
    return new Sound(new AppUser(app.appId(), sub), jti, expires);
  }

  /// Absent is fine; present and not a number is not.
  private static boolean isAhead(FlatJson claims, String name, long nowSeconds) {
    OptionalLong at = claims.number(name);
    return at.isPresent() ? at.getAsLong() > nowSeconds + LEEWAY.toSeconds() : claims.has(name);
  }

  private static boolean isPlainEdDsa(FlatJson header) {
    boolean typed = header.has("typ");
    return header.string("alg").filter("EdDSA"::equals).isPresent()
        && (!typed || header.string("typ").filter("JWT"::equalsIgnoreCase).isPresent())
        && !header.has("crit");
  }

  private static boolean isSignedByAny(List<PublicKey> keys, byte[] signed, byte[] signature) {
    return keys.stream().anyMatch(key -> isSignedBy(key, signed, signature));
  }

  private static boolean isSignedBy(PublicKey key, byte[] signed, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(signed);
      return ed25519.verify(signature);
    } catch (SignatureException notASignature) {
      return false; // bytes that cannot be one
    } catch (NoSuchAlgorithmException | InvalidKeyException absent) {
      throw new IllegalStateException("every JDK verifies Ed25519", absent);
    }
  }

  private static Optional<FlatJson> json(byte[] utf8) {
    return FlatJson.parse(new String(utf8, StandardCharsets.UTF_8));
  }

  private static Optional<byte[]> bytes(String base64Url) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(base64Url);
      boolean canonical =
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(base64Url);
      return canonical ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
