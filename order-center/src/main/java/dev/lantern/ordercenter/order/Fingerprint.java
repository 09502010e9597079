package dev.lantern.ordercenter.order;

import com.google.protobuf.ByteString;
import dev.lantern.order.v1.AwardType;
import java.util.HexFormat;

/// What makes two requests with one order number the same request: SHA-256 over act_id, child
/// activity, scene, round, award type and the caller's amount.
///
/// Never over app_id, open_time or request_id: a retry through another app, or a second later, is
/// still the same request.
public record Fingerprint(ByteString sha256) {
  public static final int LENGTH = 32;

  public Fingerprint {
    if (sha256.size() != LENGTH) {
      throw new IllegalArgumentException("a fingerprint has 32 bytes, not " + sha256.size());
    }
  }

  public static Fingerprint of(
      ActId actId,
      String childActivityId,
      RoundId round,
      AwardType requested,
      Fen requestedAmount) {
    byte[] digest =
        new Digests()
            .add(actId.value())
            .add(childActivityId)
            .add(round.sceneId())
            .add(round.rainId())
            .add(requested.getNumber())
            .add(requestedAmount.value())
            .finish();
    return new Fingerprint(ByteString.copyFrom(digest));
  }

  public static Fingerprint of(byte[] sha256) {
    return new Fingerprint(ByteString.copyFrom(sha256));
  }

  public byte[] bytes() {
    return sha256.toByteArray();
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes(), 0, 6);
  }
}
