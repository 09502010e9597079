package dev.lantern.proving.edge;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.lantern.proving.clientlog.Told;
import org.jspecify.annotations.Nullable;

/// Reads a google.rpc.Status into what is logged of a refusal. What is missing stays missing.
final class Refusals {
  private Refusals() {}

  /// @param httpStatus 0 over gRPC
  static Told.Refused read(
      Status status, int httpStatus, @Nullable Long pushbackMs, @Nullable Long retryAfterS) {
    ErrorInfo info = ErrorInfo.getDefaultInstance();
    @Nullable Long retryMs = null;
    String field = "";
    for (Any detail : status.getDetailsList()) {
      try {
        if (detail.is(ErrorInfo.class)) {
          info = detail.unpack(ErrorInfo.class);
        } else if (detail.is(RetryInfo.class)) {
          retryMs = millis(detail.unpack(RetryInfo.class).getRetryDelay());
        } else if (detail.is(BadRequest.class)) {
          field = firstField(detail.unpack(BadRequest.class));
        }
      } catch (InvalidProtocolBufferException unreadable) {
        // Left out: the check sees a refusal without that part.
      }
    }
    return new Told.Refused(
        codeName(status.getCode()),
        httpStatus,
        info.getReason(),
        info.getDomain(),
        info.getMetadataOrDefault("layer", ""),
        info.getMetadataOrDefault("rule", ""),
        info.getMetadataOrDefault("field", field),
        retryMs,
        pushbackMs,
        retryAfterS);
  }

  /// A refusal that carries nothing but a code.
  static Told.Refused bare(
      String code, int httpStatus, @Nullable Long pushbackMs, @Nullable Long retryAfterS) {
    return new Told.Refused(code, httpStatus, "", "", "", "", "", null, pushbackMs, retryAfterS);
  }

  /// A header's number; null where it is absent or no number.
  static @Nullable Long number(@Nullable String text) {
    if (text == null || !text.strip().matches("-?[0-9]{1,12}")) {
      return null;
    }
    return Long.valueOf(text.strip());
  }

  private static String codeName(int number) {
    Code code = Code.forNumber(number);
    return code == null ? "CODE_" + number : code.name();
  }

  private static long millis(Duration duration) {
    return Durations.toMillis(duration);
  }

  private static String firstField(BadRequest bad) {
    return bad.getFieldViolationsCount() == 0 ? "" : bad.getFieldViolations(0).getField();
  }
}
