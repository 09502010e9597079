package dev.lantern.tokenservice.token;

import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.signing.LoadedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// Signs and verifies reward tokens with the ring's keys.
public final class RewardSigner {

  private final Supplier<KeyRing> ring;

  public RewardSigner(KeyRing ring) {
    this(() -> ring);
  }

  /// @param ring the one of now, asked for each call
  public RewardSigner(Supplier<KeyRing> ring) {
    this.ring = ring;
  }

  /// The first payload that is not exactly one token. Such bytes are not signed: whatever carries
  /// our signature must also be accepted when it is presented.
  public static OptionalInt firstMalformed(List<byte[]> payloads) {
    for (int i = 0; i < payloads.size(); i++) {
      if (RewardTokens.read(payloads.get(i)).isEmpty()) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /// Signatures, and the key they were all made with.
  public record Signed(String keyId, List<byte[]> signatures) {}

  /// A signature over each payload's frame, in order.
  public Signed sign(KeyLane lane, List<byte[]> payloads) {
    KeyScope scope = scope(lane);
    List<byte[]> framed = new ArrayList<>(payloads.size());
    for (byte[] payload : payloads) {
      framed.add(Framing.frame(scope, payload));
    }
    LoadedKey key = signingKey(lane);
    return new Signed(key.key().id().value(), key.sign(framed));
  }

  /// Key, then signature, and only then the content.
  public Verdict verify(KeyLane lane, String keyId, byte[] payload, byte[] signature) {
    LoadedKey key = ring.get().find(keyId).orElse(null);
    if (key == null) {
      return new Verdict.Refused(Verdict.Problem.UNKNOWN_KEY);
    }
    KeyScope scope = scope(lane);
    if (!key.key().scope().equals(scope)) {
      return new Verdict.Refused(Verdict.Problem.WRONG_PURPOSE);
    }
    if (payload.length > RewardTokens.MAX_BYTES) {
      return new Verdict.Refused(Verdict.Problem.MALFORMED);
    }
    if (!key.verify(Framing.frame(scope, payload), signature)) {
      return new Verdict.Refused(Verdict.Problem.BAD_SIGNATURE);
    }
    return RewardTokens.read(payload)
        .<Verdict>map(Verdict.Valid::new)
        .orElseGet(() -> new Verdict.Refused(Verdict.Problem.MALFORMED));
  }

  private LoadedKey signingKey(KeyLane lane) {
    return ring.get().current(scope(lane));
  }

  private static KeyScope scope(KeyLane lane) {
    return new KeyScope(Purpose.REWARD, lane);
  }
}
