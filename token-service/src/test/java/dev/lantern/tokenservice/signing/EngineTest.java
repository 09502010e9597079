package dev.lantern.tokenservice.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.PublicKeyBytes;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Security;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTest {

  private static final KeyScope REWARD_LIVE = new KeyScope(Purpose.REWARD, KeyLane.LIVE);
  private static final HexFormat HEX = HexFormat.of();

  /// The key of RFC 8032, section 7.1, test 1.
  private static final SigningKey RFC_KEY =
      new SigningKey(
          REWARD_LIVE,
          Instant.EPOCH,
          Instant.EPOCH,
          PublicKeyBytes.ofRaw(
              HEX.parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")),
          HEX.parseHex(
              "302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

  /// Made by OpenSSL, not by anything on our class path: RFC 8032's key over
  /// `lantern/reward/live/v1 || 0x00 || "lantern"`.
  private static final String FRAMED_SIGNATURE =
      "059dcfc3fdb88104b1fd3a697ebb823afe7eb9b5db86e436f8faf51108e14223980928210728018fc5adda3e1a2126b1a6ecb7755128577d1bb866b3d61d280d";

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void everyEngine_onThisMachine_passesTheSelfTest(EngineKind kind) throws Exception {
    SelfTest.run(kind.load());
  }

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void everyEngine_signsOurFramingByTheKnownVector(EngineKind kind) throws Exception {
    byte[] framed =
        TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE)
            .plainMessage("lantern".getBytes(StandardCharsets.US_ASCII));
    LoadedKey key = kind.load().load(RFC_KEY);

    assertThat(HEX.formatHex(key.sign(List.of(framed)).getFirst())).isEqualTo(FRAMED_SIGNATURE);
    assertThat(key.verify(framed, HEX.parseHex(FRAMED_SIGNATURE))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void batch_isSignedMessageByMessage(EngineKind kind) throws Exception {
    LoadedKey key = kind.load().load(RFC_KEY);
    List<byte[]> messages = List.of(new byte[] {1}, new byte[] {2}, new byte[0]);

    List<byte[]> signatures = key.sign(messages);

    for (int i = 0; i < messages.size(); i++) {
      for (int j = 0; j < messages.size(); j++) {
        assertThat(key.verify(messages.get(j), signatures.get(i))).isEqualTo(i == j);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void signature_ofAWrongLength_isNone(EngineKind kind) throws Exception {
    LoadedKey key = kind.load().load(RFC_KEY);
    byte[] signature = key.sign(List.of(new byte[] {1})).getFirst();

    assertThat(key.verify(new byte[] {1}, new byte[0])).isFalse();
    assertThat(key.verify(new byte[] {1}, new byte[63])).isFalse();
    assertThat(key.verify(new byte[] {1}, new byte[64])).isFalse();
    assertThat(key.verify(new byte[] {1}, java.util.Arrays.copyOf(signature, 65))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void halvesOfTwoKeys_areRefusedAtLoading(EngineKind kind) {
    SigningKey other = SigningKey.generate(REWARD_LIVE, Instant.EPOCH);
    SigningKey mixed =
        new SigningKey(
            REWARD_LIVE, Instant.EPOCH, Instant.EPOCH, other.publicKey(), RFC_KEY.pkcs8());

    assertThatThrownBy(() -> kind.load().load(mixed)).isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void choice_takesThePreferredEngineThatWorks() {
    EngineChoice choice = EngineChoice.of(List.of(EngineKind.BOUNCY_CASTLE, EngineKind.JDK));

    assertThat(choice.engine().kind()).isEqualTo(EngineKind.BOUNCY_CASTLE);
    assertThat(choice.passedOver()).isEmpty();
  }

  @Test
  void choice_passesOverAnEngineThatCannotSign() {
    EngineChoice choice =
        EngineChoice.among(
            List.of(
                () -> new Ed25519Engine(EngineKind.ACCP, new Empty(), sunEc()),
                () -> {
                  throw new EngineUnusableException("no native library here");
                },
                EngineKind.BOUNCY_CASTLE::load));

    assertThat(choice.engine().kind()).isEqualTo(EngineKind.BOUNCY_CASTLE);
    assertThat(choice.passedOver()).hasSize(2);
  }

  @Test
  void choice_withNothingUsable_doesNotStart() {
    assertThatThrownBy(() ->
            EngineChoice.among(
                List.of(() -> new Ed25519Engine(EngineKind.ACCP, new Empty(), sunEc()))))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Provider sunEc() {
    return java.util.Objects.requireNonNull(Security.getProvider("SunEC"));
  }

  /// A provider with no algorithms: what a broken installation looks like.
  private static final class Empty extends Provider {
    private static final long serialVersionUID = 1L;

    Empty() {
      super("Empty", "1", "has nothing");
    }
  }
}
