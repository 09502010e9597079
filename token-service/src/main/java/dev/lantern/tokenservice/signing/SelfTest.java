package dev.lantern.tokenservice.signing;

import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.PublicKeyBytes;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.keys.SigningKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// What a provider must do before it is trusted: give RFC 8032's own signatures (tests 1 and 3 of
/// section 7.1), accept them, and refuse a changed message, a changed signature and the malleable
/// twin `(R, S + L)` that a lax verifier lets pass.
final class SelfTest {

  /// The order of the curve's main subgroup.
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final String PKCS8_HEAD = "302e020100300506032b657004220420";

  private static final List<Vector> VECTORS =
      List.of(
          new Vector(
              "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
              "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
              "",
              "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
          new Vector(
              "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
              "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
              "af82",
              "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"));

  private record Vector(String seed, String publicKey, String message, String signature) {}

  private SelfTest() {}

  /// Runs every check.
  ///
  /// @throws EngineUnusableException naming the first thing it got wrong
  static void run(Ed25519Engine engine) throws EngineUnusableException {
    try {
      for (Vector vector : VECTORS) {
        run(engine, vector);
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new EngineUnusableException(engine.describe() + " fails its self-test: " + e, e);
    }
  }

  private static void run(Ed25519Engine engine, Vector vector)
      throws GeneralSecurityException, EngineUnusableException {
    HexFormat hex = HexFormat.of();
    byte[] message = hex.parseHex(vector.message());
    byte[] expected = hex.parseHex(vector.signature());
    LoadedKey key =
        engine.load(
            new SigningKey(
                new KeyScope(Purpose.REWARD, KeyLane.LIVE),
                Instant.EPOCH,
                Instant.EPOCH,
                PublicKeyBytes.ofRaw(hex.parseHex(vector.publicKey())),
                hex.parseHex(PKCS8_HEAD + vector.seed())));
    byte[] changed = expected.clone();
    changed[7] ^= 1;
    require(
        engine, Arrays.equals(expected, key.sign(List.of(message)).getFirst()), "signs wrongly");
    require(engine, key.verify(message, expected), "refuses RFC 8032's signature");
    require(engine, !key.verify(new byte[] {1, 2, 3}, expected), "accepts another message");
    require(engine, !key.verify(message, changed), "accepts a changed signature");
    require(engine, !key.verify(message, malleated(expected)), "accepts S + L");
  }

  private static void require(Ed25519Engine engine, boolean holds, String otherwise)
      throws EngineUnusableException {
    if (!holds) {
      throw new EngineUnusableException(engine.describe() + " " + otherwise);
    }
  }

  /// The same R with S + L, little-endian: satisfies the group equation, forbidden by RFC 8032.
  static byte[] malleated(byte[] signature) {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = signature[63 - i];
    }
    byte[] sum = new BigInteger(1, bigEndian).add(L).toByteArray();
    byte[] twin = Arrays.copyOf(signature, LoadedKey.SIGNATURE_BYTES);
    for (int i = 0; i < 32; i++) {
      twin[32 + i] = i < sum.length ? sum[sum.length - 1 - i] : 0;
    }
    return twin;
  }
}
