package dev.lantern.tokenservice;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.sdk.token.KeySet.Epoch;
import dev.lantern.token.v1.EpochRevocation;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.TokenVerdict;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.keys.SigningKey;
import java.time.Instant;
import java.util.Optional;

/// The contract's words for keys, and ours.
final class Translation {

  private Translation() {}

  static KeyLane lane(Lane lane) {
    return switch (lane) {
      case LANE_LIVE -> KeyLane.LIVE;
      case LANE_STRESS -> KeyLane.STRESS;
      case LANE_UNSPECIFIED, UNRECOGNIZED ->
          throw Refused.of(Reason.REASON_INVALID_FIELD, "there is no such lane").field("lane");
    };
  }

  /// Whether a key of this purpose was asked for.
  static boolean matches(KeyPurpose asked, Purpose purpose) {
    return asked == KeyPurpose.KEY_PURPOSE_UNSPECIFIED || asked == purpose(purpose);
  }

  static PublicKey publicKey(SigningKey key, boolean current, Optional<Instant> expires) {
    PublicKey.Builder told =
        PublicKey.newBuilder()
            .setKeyId(key.id().value())
            .setPurpose(purpose(key.scope().purpose()))
            .setLane(lane(key.scope().lane()))
            .setEd25519(ByteString.copyFrom(key.publicKey().raw()))
            .setCreateTime(timestamp(key.createTime()))
            .setUseTime(timestamp(key.useTime()))
            .setCurrent(current);
    expires.map(Translation::timestamp).ifPresent(told::setExpireTime);
    return told.build();
  }

  static EpochRevocation epoch(Epoch epoch) {
    return EpochRevocation.newBuilder()
        .setLane(epoch.lane())
        .setActivityId(epoch.activityId())
        .setSceneId(epoch.sceneId())
        .setRainId(epoch.rainId())
        .setKeysBeforeTime(timestamp(epoch.keysBefore()))
        .build();
  }

  static TokenVerdict verdict(dev.lantern.sdk.token.TokenVerdict verdict) {
    return switch (verdict) {
      case dev.lantern.sdk.token.TokenVerdict.Valid valid ->
          TokenVerdict.newBuilder().setValid(true).setToken(valid.token()).build();
      case dev.lantern.sdk.token.TokenVerdict.Refused refused ->
          TokenVerdict.newBuilder().setProblem(refused.problem().name()).build();
    };
  }

  static Purpose purpose(KeyPurpose purpose) {
    return switch (purpose) {
      case KEY_PURPOSE_REWARD -> Purpose.REWARD;
      case KEY_PURPOSE_SESSION -> Purpose.SESSION;
      case KEY_PURPOSE_UNSPECIFIED, UNRECOGNIZED ->
          throw Refused.of(Reason.REASON_INVALID_FIELD, "there is no such purpose")
              .field("purpose");
    };
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  private static KeyPurpose purpose(Purpose purpose) {
    return switch (purpose) {
      case REWARD -> KeyPurpose.KEY_PURPOSE_REWARD;
      case SESSION -> KeyPurpose.KEY_PURPOSE_SESSION;
    };
  }

  private static Lane lane(KeyLane lane) {
    return switch (lane) {
      case LIVE -> Lane.LANE_LIVE;
      case STRESS -> Lane.LANE_STRESS;
    };
  }
}
