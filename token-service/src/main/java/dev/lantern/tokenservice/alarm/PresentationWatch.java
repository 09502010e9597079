package dev.lantern.tokenservice.alarm;

import dev.lantern.sdk.token.RootLink;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.tokenservice.alarm.TokenAlarms.Kind;
import java.nio.ByteBuffer;

/// Looks at verdicts of one lane for what is alarming. Forgeries and repetitions are told; they
/// cost nobody anything, and anybody can make them, so nothing is done about them by itself. A
/// token that was signed and not logged needs our key: then signing is halted, and answers go
/// without tokens until an operator has changed the key.
public final class PresentationWatch {
  private final TokenAlarms alarms;
  private final Presented presented;
  private final Runnable halt;

  /// @param halt halts the lane's signing if it is not halted; never throws
  public PresentationWatch(TokenAlarms alarms, Presented presented, Runnable halt) {
    this.alarms = alarms;
    this.presented = presented;
    this.halt = halt;
  }

  public void presented(TokenVerdict verdict) {
    switch (verdict) {
      case TokenVerdict.Valid valid -> {
        byte[] digest = RootLink.orderDigest(valid.token().getOutTradeNo());
        if (presented.again(ByteBuffer.wrap(digest).getLong())) {
          var _ = alarms.count(Kind.REPLAYED);
        }
      }
      case TokenVerdict.Refused refused -> refused(refused.problem());
    }
  }

  private void refused(TokenProblem problem) {
    switch (problem) {
      case UNLOGGED -> {
        var _ = alarms.count(Kind.UNLOGGED);
        halt.run();
      }
      case UNKNOWN_KEY, REVOKED_KEY, WRONG_PURPOSE, BAD_SIGNATURE, MALFORMED -> {
        var _ = alarms.count(Kind.FORGED);
      }
      case EXPIRED_KEY, REVOKED_EPOCH, WRONG_USER, WRONG_ACTIVITY, NOT_OPEN -> {}
    }
  }
}
