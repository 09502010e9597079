package dev.lantern.simulation.token;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.simulation.kernel.LifeClock;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.signing.LoadedKey;
import java.util.List;

/// Ways to make a token that nothing is owed for, and what must be said of it.
public enum Forgery {
  /// A good token with another payload.
  MUTATED("BAD_SIGNATURE"),
  /// By a key of one's own, under the name of ours.
  OWN_KEY("BAD_SIGNATURE"),
  /// By a key nobody has heard of.
  UNKNOWN_KEY("UNKNOWN_KEY"),
  /// By a key that was stolen, and revoked.
  REVOKED_KEY("REVOKED_KEY"),
  /// By the trials' key.
  OTHER_LANE("WRONG_PURPOSE"),
  /// By the sessions' key.
  OTHER_PURPOSE("WRONG_PURPOSE"),
  /// Signed by us, of a round whose epoch was revoked.
  REVOKED_EPOCH("REVOKED_EPOCH"),
  /// Without any proof.
  UNPROVEN("MALFORMED");

  private final String problem;

  Forgery(String problem) {
    this.problem = problem;
  }

  /// What the verification says.
  public String problem() {
    return problem;
  }

  /// Makes it.
  ///
  /// @param good a token of one's own
  /// @param wanted what one would like to be owed
  public SignedToken of(SignedToken good, RedPacketToken wanted) {
    SimKeys keys = SimKeys.get();
    LoadedKey live = keys.signing(Purpose.REWARD, KeyLane.LIVE, LifeClock.BEGIN);
    KeyPurpose reward = KeyPurpose.KEY_PURPOSE_REWARD;
    return switch (this) {
      case MUTATED -> good.toBuilder().setPayload(wanted.toByteString()).build();
      case OWN_KEY ->
          signed(wanted, keys.thiefs(), reward, Lane.LANE_LIVE).toBuilder()
              .setKeyId(live.key().id().value())
              .build();
      case UNKNOWN_KEY -> signed(wanted, keys.thiefs(), reward, Lane.LANE_LIVE);
      case REVOKED_KEY -> signed(wanted, keys.revoked(), reward, Lane.LANE_LIVE);
      case OTHER_LANE ->
          signed(
              wanted,
              keys.signing(Purpose.REWARD, KeyLane.STRESS, LifeClock.BEGIN),
              reward,
              Lane.LANE_STRESS);
      case OTHER_PURPOSE ->
          signed(
              wanted,
              keys.signing(Purpose.SESSION, KeyLane.LIVE, LifeClock.BEGIN),
              KeyPurpose.KEY_PURPOSE_SESSION,
              Lane.LANE_LIVE);
      case REVOKED_EPOCH -> signed(wanted, live, reward, Lane.LANE_LIVE);
      case UNPROVEN -> good.toBuilder().setPayload(wanted.toByteString()).clearProof().build();
    };
  }

  private static SignedToken signed(
      RedPacketToken wanted, LoadedKey key, KeyPurpose purpose, Lane lane) {
    byte[] payload = wanted.toByteArray();
    byte[] message = TokenFormat.of(purpose, lane).plainMessage(payload);
    return SignedToken.newBuilder()
        .setPayload(ByteString.copyFrom(payload))
        .setKeyId(key.key().id().value())
        .setSignature(ByteString.copyFrom(key.sign(List.of(message)).getFirst()))
        .build();
  }
}
