package dev.lantern.walletapi.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lantern.sdk.session.AppAssertions;
import dev.lantern.walletapi.session.Assertion.Defect;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AssertionVerifierTest {
  private static final long NOW = Jwts.NOW.getEpochSecond();
  private static final KeyPair STRANGER = Jwts.pair();

  private final AssertionVerifier verifier = new AssertionVerifier(Jwts.APPS);

  @Test
  void assertion_asTheSdkMakesThem_isSound() {
    AppAssertions app =
        new AppAssertions(
            1, Jwts.KEY.getPrivate(), InstantSource.fixed(Jwts.NOW), new SecureRandom());
    Assertion.Sound first = sound(app.of("user \"4711\"".replace(' ', '_')));
    Assertion.Sound second = sound(app.of("user-4711"));
    assertThat(first.user()).isEqualTo(new AppUser(1, "user_\"4711\""));
    assertThat(first.jti()).isNotEqualTo(second.jti());
    assertThat(first.expires()).isEqualTo(Jwts.NOW.plusSeconds(45 + 5));
  }

  @Test
  void assertion_atTheEdgesOfItsTime_isSoundOnTheirInside() {
    assertThat(verdict(exp(NOW + 65))).isInstanceOf(Assertion.Sound.class);
    assertThat(verdict(exp(NOW - 4))).isInstanceOf(Assertion.Sound.class);
    assertThat(verdict(Jwts.withClaims(c -> c.addProperty("iat", NOW + 5))))
        .isInstanceOf(Assertion.Sound.class);
    assertThat(verdict(Jwts.withClaims(c -> c.addProperty("nbf", NOW - 5))))
        .isInstanceOf(Assertion.Sound.class);
  }

  @Test
  void assertion_forSeveralAudiences_isSoundWhenWeAreOneOfThem() {
    JsonArray audiences = new JsonArray();
    audiences.add("somebody");
    audiences.add("lantern");
    assertThat(verdict(Jwts.withClaims(c -> c.add("aud", audiences))))
        .isInstanceOf(Assertion.Sound.class);
  }

  @Test
  void assertion_byAnAppsSecondKey_isSound() {
    AppRegistry rotating =
        new AppRegistry(
            List.of(new App(1, "demo", List.of(STRANGER.getPublic(), Jwts.KEY.getPublic()))));
    assertThat(new AssertionVerifier(rotating).verify(Jwts.good(), Jwts.NOW))
        .isInstanceOf(Assertion.Sound.class);
  }

  static Stream<Arguments> defects() {
    String good = Jwts.good();
    String[] parts = good.split("\\.", -1);
    return Stream.of(
        defect("empty", "", Defect.MALFORMED),
        defect("two parts", parts[0] + "." + parts[1], Defect.MALFORMED),
        defect("four parts", good + ".", Defect.MALFORMED),
        defect("padded", good + "=", Defect.MALFORMED),
        defect("a blank", good + " ", Defect.MALFORMED),
        defect(
            "loose last bits",
            parts[0] + "." + parts[1] + "." + loosened(parts[2]),
            Defect.MALFORMED),
        defect(
            "header no object",
            Jwts.jwt("[]", Jwts.claims().toString(), Jwts.KEY),
            Defect.MALFORMED),
        defect(
            "claims no JSON",
            Jwts.jwt(Jwts.header().toString(), "hello", Jwts.KEY),
            Defect.MALFORMED),
        defect(
            "something after the claims",
            Jwts.jwt(Jwts.header().toString(), Jwts.claims() + "{}", Jwts.KEY),
            Defect.MALFORMED),
        defect(
            "a claim twice",
            Jwts.jwt(Jwts.header().toString(), twice("sub"), Jwts.KEY),
            Defect.MALFORMED),
        defect(
            "a claim twice, spelt apart",
            Jwts.jwt(Jwts.header().toString(), twice("s\\u0075b"), Jwts.KEY),
            Defect.MALFORMED),
        defect("alg none", Jwts.withHeader(h -> h.addProperty("alg", "none")), Defect.ALGORITHM),
        defect(
            "alg none, unsigned",
            Jwts.encode("{\"alg\":\"none\"}") + "." + parts[1] + ".",
            Defect.ALGORITHM),
        defect(
            "alg in other case",
            Jwts.withHeader(h -> h.addProperty("alg", "eddsa")),
            Defect.ALGORITHM),
        defect("alg absent", Jwts.withHeader(h -> h.remove("alg")), Defect.ALGORITHM),
        defect("HMAC with the public key", hmac(), Defect.ALGORITHM),
        defect("crit", Jwts.withHeader(h -> h.add("crit", new JsonArray())), Defect.ALGORITHM),
        defect(
            "another typ", Jwts.withHeader(h -> h.addProperty("typ", "at+jwt")), Defect.ALGORITHM),
        defect("unknown app", Jwts.withClaims(c -> c.addProperty("iss", "2")), Defect.UNKNOWN_APP),
        defect(
            "app as a number", Jwts.withClaims(c -> c.addProperty("iss", 1)), Defect.UNKNOWN_APP),
        defect(
            "app spelt otherwise",
            Jwts.withClaims(c -> c.addProperty("iss", "01")),
            Defect.UNKNOWN_APP),
        defect("no app", Jwts.withClaims(c -> c.remove("iss")), Defect.UNKNOWN_APP),
        defect(
            "a stranger's key",
            Jwts.jwt(Jwts.header().toString(), Jwts.claims().toString(), STRANGER),
            Defect.SIGNATURE),
        defect("no signature", parts[0] + "." + parts[1] + ".", Defect.SIGNATURE),
        defect(
            "a cut signature",
            parts[0] + "." + parts[1] + "." + Jwts.encode(new byte[63]),
            Defect.SIGNATURE),
        defect(
            "other claims under the signature",
            parts[0] + "." + Jwts.encode(other()) + "." + parts[2],
            Defect.SIGNATURE),
        defect(
            "another audience",
            Jwts.withClaims(c -> c.addProperty("aud", "lantern-edge")),
            Defect.AUDIENCE),
        defect("no audience", Jwts.withClaims(c -> c.remove("aud")), Defect.AUDIENCE),
        defect("over", exp(NOW - 5), Defect.EXPIRED),
        defect("long over", exp(0), Defect.EXPIRED),
        defect("no end", Jwts.withClaims(c -> c.remove("exp")), Defect.EXPIRED),
        defect(
            "end as text",
            Jwts.withClaims(c -> c.addProperty("exp", "" + (NOW + 9))),
            Defect.EXPIRED),
        defect(
            "end in parts of seconds",
            Jwts.withClaims(c -> c.addProperty("exp", NOW + 9.5)),
            Defect.EXPIRED),
        defect(
            "end beyond numbers",
            Jwts.jwt(
                Jwts.header().toString(),
                Jwts.claims().toString().replace("" + (NOW + 45), "9".repeat(30)),
                Jwts.KEY),
            Defect.EXPIRED),
        defect("too long", exp(NOW + 66), Defect.TOO_LONG),
        defect("for ever", exp(999_999_999_999_999_999L), Defect.TOO_LONG),
        defect("not yet", Jwts.withClaims(c -> c.addProperty("nbf", NOW + 6)), Defect.NOT_YET),
        defect(
            "made in the future",
            Jwts.withClaims(c -> c.addProperty("iat", NOW + 6)),
            Defect.NOT_YET),
        defect(
            "made at no number", Jwts.withClaims(c -> c.addProperty("iat", "now")), Defect.NOT_YET),
        defect("no user", Jwts.withClaims(c -> c.remove("sub")), Defect.SUBJECT),
        defect("an empty user", Jwts.withClaims(c -> c.addProperty("sub", "")), Defect.SUBJECT),
        defect(
            "a user with a blank",
            Jwts.withClaims(c -> c.addProperty("sub", "a ")),
            Defect.SUBJECT),
        defect(
            "a user with a control character",
            Jwts.withClaims(c -> c.addProperty("sub", "a\n")),
            Defect.SUBJECT),
        defect(
            "a user beyond ASCII",
            Jwts.withClaims(c -> c.addProperty("sub", "\u00fc")),
            Defect.SUBJECT),
        defect(
            "a long user",
            Jwts.withClaims(c -> c.addProperty("sub", "a".repeat(129))),
            Defect.SUBJECT),
        defect("no jti", Jwts.withClaims(c -> c.remove("jti")), Defect.JTI),
        defect("a short jti", Jwts.withClaims(c -> c.addProperty("jti", "1234567")), Defect.JTI),
        defect(
            "a long jti", Jwts.withClaims(c -> c.addProperty("jti", "a".repeat(65))), Defect.JTI),
        defect(
            "a jti with a blank",
            Jwts.withClaims(c -> c.addProperty("jti", "12345678 ")),
            Defect.JTI));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("defects")
  void assertion_withADefect_isBad(String name, String jwt, Defect defect) {
    assertThat(verdict(jwt)).as(name).isEqualTo(new Assertion.Bad(defect));
  }

  @Test
  void assertion_withAnyOneByteOfItsSignedPartChanged_isBad() {
    String good = Jwts.good();
    Random random = new Random(11);
    int signedLength = good.lastIndexOf('.');
    for (int at = 0; at < signedLength; at++) {
      char other = (char) ('A' + random.nextInt(26));
      if (good.charAt(at) != other && good.charAt(at) != '.') {
        String changed = good.substring(0, at) + other + good.substring(at + 1);
        assertThat(verdict(changed)).as(changed).isInstanceOf(Assertion.Bad.class);
      }
    }
  }

  private Assertion verdict(String jwt) {
    return verifier.verify(jwt, Jwts.NOW);
  }

  private Assertion.Sound sound(String jwt) {
    return (Assertion.Sound) verdict(jwt);
  }

  private static Arguments defect(String name, String jwt, Defect defect) {
    return Arguments.of(name, jwt, defect);
  }

  private static String exp(long seconds) {
    return Jwts.withClaims(c -> c.addProperty("exp", seconds));
  }

  private static String other() {
    JsonObject claims = Jwts.claims();
    claims.addProperty("sub", "somebody-else");
    return claims.toString();
  }

  private static String twice(String name) {
    String claims = Jwts.claims().toString();
    return claims.substring(0, claims.length() - 1) + ",\"" + name + "\":\"victim\"}";
  }

  /// 64 bytes end in two unused bits: another last letter, the same bytes to a lenient reader.
  private static String loosened(String base64) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(base64.charAt(base64.length() - 1));
    return base64.substring(0, base64.length() - 1) + alphabet.charAt(last + 1);
  }

  private static String hmac() {
    try {
      String signed =
          Jwts.encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
              + "."
              + Jwts.encode(Jwts.claims().toString());
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Jwts.KEY.getPublic().getEncoded(), "HmacSHA256"));
      return signed + "." + Jwts.encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }

  @Test
  void verifier_farFromNow_isGovernedByTheTimeGivenAlone() {
    assertThat(verifier.verify(Jwts.good(), Instant.EPOCH))
        .isEqualTo(new Assertion.Bad(Defect.TOO_LONG));
  }
}
