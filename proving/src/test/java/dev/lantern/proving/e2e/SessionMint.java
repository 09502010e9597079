package dev.lantern.proving.e2e;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Sessions that token-service did not make: with its own key, read from where the stack keeps it,
/// or with a stranger's under the same key id.
record SessionMint(String keyId, PrivateKey key) {
  private static final String BEGIN = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
  private static final String END = "-----END ENCRYPTED PRIVATE KEY-----";

  /// What a session says beside its user.
  record Claims(String issuer, String audience, Duration endsIn) {
    static Claims good() {
      return new Claims("lantern", "lantern-edge", Duration.ofHours(1));
    }

    Claims endingIn(Duration time) {
      return new Claims(issuer, audience, time);
    }

    Claims from(String otherIssuer) {
      return new Claims(otherIssuer, audience, endsIn);
    }

    Claims to(String otherAudience) {
      return new Claims(issuer, otherAudience, endsIn);
    }
  }

  /// The stack's own key for sessions of the live lane.
  static SessionMint ofStack(Path home) {
    try {
      String file = Files.readString(home.resolve("data/token-service/keys/session-live.pem"));
      String keyId = file.lines().findFirst().orElseThrow().replace("key-id: ", "");
      String body = file.substring(file.indexOf(BEGIN) + BEGIN.length(), file.indexOf(END));
      String passphrase = Files.readString(home.resolve("secrets/token-keys")).strip();
      PKCS8EncodedKeySpec opened = opened(Base64.getMimeDecoder().decode(body), passphrase);
      return new SessionMint(keyId, KeyFactory.getInstance("Ed25519").generatePrivate(opened));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the stack's session key cannot be read", e);
    }
  }

  private static PKCS8EncodedKeySpec opened(byte[] sealed, String passphrase)
      throws IOException, GeneralSecurityException {
    var info = new EncryptedPrivateKeyInfo(sealed);
    var algorithm = info.getAlgParameters().toString();
    var key =
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(passphrase.toCharArray()));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
    return info.getKeySpec(cipher);
  }

  /// Somebody else's key that goes by the same id.
  SessionMint ofStranger() {
    try {
      return new SessionMint(
          keyId, KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String session(long actId, Claims what) {
    Instant now = Instant.now();
    var header = new JsonObject();
    header.addProperty("alg", "EdDSA");
    header.addProperty("typ", "JWT");
    header.addProperty("kid", keyId);
    var claims = new JsonObject();
    claims.addProperty("iss", what.issuer());
    claims.addProperty("aud", what.audience());
    claims.addProperty("sub", Long.toString(actId));
    claims.addProperty("act_id", Long.toString(actId));
    claims.addProperty("app_id", "1");
    claims.addProperty("lane", "live");
    claims.addProperty("iat", now.minus(Duration.ofHours(12)).getEpochSecond());
    claims.addProperty("exp", now.plus(what.endsIn()).getEpochSecond());
    String signed = part(header.toString()) + "." + part(claims.toString());
    return signed + "." + encode(sign(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private byte[] sign(byte[] text) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String json) {
    return encode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
