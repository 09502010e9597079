package dev.lantern.proving.edge;

import dev.lantern.proving.clientlog.Intent;

/// Ways to break a call. Each exists in both protocols, as near to each other as they come, so that
/// their refusals can be compared.
public enum Garbage {
  /// Half a message.
  TRUNCATED_BODY(Intent.MALFORMED),
  /// Bytes that never were one.
  NOISE_BODY(Intent.MALFORMED),
  /// 100 KiB of it; the limit is 64.
  HUGE_BODY(Intent.OVERSIZE),
  UNDERSCORE_SCENE(Intent.BAD_FIELD),
  CONTROL_SCENE(Intent.BAD_FIELD),
  LONG_SCENE(Intent.BAD_FIELD),
  NEGATIVE_ROUND(Intent.BAD_FIELD),
  ZERO_ROUND(Intent.BAD_FIELD),
  BAD_REQUEST_ID(Intent.BAD_FIELD),
  BAD_ORDER_NO(Intent.BAD_FIELD),
  UNKNOWN_PATH(Intent.UNKNOWN_PATH),
  /// An internal method: clients may not even see that it is there.
  INTERNAL_METHOD(Intent.UNKNOWN_PATH);

  private final Intent intent;

  Garbage(Intent intent) {
    this.intent = intent;
  }

  public Intent intent() {
    return intent;
  }
}
