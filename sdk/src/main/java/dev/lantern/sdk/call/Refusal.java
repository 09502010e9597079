package dev.lantern.sdk.call;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a call did not succeed, as every Lantern server and its edge say it.
///
/// @param reason of `lantern.common.v1.Reason`, without its prefix, such as SOLD_OUT; empty when no
///   Lantern server has answered
/// @param metadata `layer`, `rule`, `field`, `dependency` and the like, where they apply
public record Refusal(
    Status.Code code,
    String reason,
    String message,
    Map<String, String> metadata,
    Pushback pushback) {
  private static final String DOMAIN = "lantern";
  private static final Metadata.Key<com.google.rpc.Status> DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin",
          ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  public Refusal {
    metadata = Map.copyOf(metadata);
  }

  /// What the server says of trying again.
  public sealed interface Pushback {
    /// Do not: the answer will be the same.
    record Never() implements Pushback {}

    /// Not sooner than this.
    record After(Duration least) implements Pushback {}

    /// Nothing: no server of ours has answered.
    record Unsaid() implements Pushback {}
  }

  /// Whether the call may have had its effect all the same.
  public boolean leavesItOpen() {
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNKNOWN, INTERNAL, ABORTED, DATA_LOSS -> true;
      case OK,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          UNAUTHENTICATED ->
          false;
    };
  }

  /// Whether it was said of the order itself, by a server of ours that looked at it: not by a
  /// limit, for want of an identity, or by somebody on the way.
  public boolean isOfTheOrder() {
    return switch (code) {
      case FAILED_PRECONDITION, NOT_FOUND, ALREADY_EXISTS, INVALID_ARGUMENT ->
          "service".equals(metadata.get("layer"));
      default -> false;
    };
  }

  /// What a failed call says.
  public static Refusal of(StatusRuntimeException failure) {
    Status status = failure.getStatus();
    Metadata trailers = failure.getTrailers();
    String text = status.getDescription() == null ? "" : status.getDescription();
    ErrorInfo info = info(trailers);
    return new Refusal(
        status.getCode(),
        info == null ? "" : info.getReason(),
        text,
        info == null ? Map.of() : info.getMetadataMap(),
        pushback(trailers));
  }

  private static @Nullable ErrorInfo info(@Nullable Metadata trailers) {
    com.google.rpc.Status details = trailers == null ? null : trailers.get(DETAILS);
    if (details == null) {
      return null;
    }
    try {
      for (Any detail : details.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          return info.getDomain().equals(DOMAIN) ? info : null;
        }
      }
    } catch (InvalidProtocolBufferException unreadable) {
      return null;
    }
    return null;
  }

  /// A value that is no number, or one of more than 24 days, is as good as a no, as in gRPC's own
  /// retries.
  private static Pushback pushback(@Nullable Metadata trailers) {
    String said = trailers == null ? null : trailers.get(PUSHBACK);
    if (said == null) {
      return new Pushback.Unsaid();
    }
    try {
      int millis = Integer.parseInt(said);
      return millis < 0 ? new Pushback.Never() : new Pushback.After(Duration.ofMillis(millis));
    } catch (NumberFormatException notANumber) {
      return new Pushback.Never();
    }
  }
}
