package dev.lantern.runtime.errors;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.lantern.common.v1.Reason;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.sql.OutcomeUnknownException;
import dev.lantern.stores.sql.StoreUnavailableException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What any exception amounts to for the caller. Nothing of an unexpected one is shown; it is
/// INTERNAL, and logged.
public final class Failures {

  private Failures() {}

  /// The refusal that answers this failure.
  public static Refused refusal(Throwable failure) {
    return switch (failure) {
      case Refused refused -> refused;
      case StoreUnavailableException _ -> down("mysql");
      case OutcomeUnknownException _ ->
          Refused.of(Reason.REASON_OUTCOME_UNKNOWN, "whether it happened is unknown; ask again")
              .dependency("mysql");
      case RedisUnavailableException _ -> down("redis");
      case StatusRuntimeException e -> ofCall(e.getStatus(), e.getTrailers());
      case StatusException e -> ofCall(e.getStatus(), e.getTrailers());
      default -> internal();
    };
  }

  /// The refusal that another Lantern service answered a call of ours with, if it was one.
  public static Optional<Refused> refusedBy(StatusRuntimeException e) {
    return carried(e.getTrailers());
  }

  private static Refused ofCall(Status status, @Nullable Metadata trailers) {
    Optional<Refused> carried = carried(trailers).filter(Failures::concernsTheCaller);
    if (carried.isPresent()) {
      return carried.get();
    }
    return switch (status.getCode()) {
      case UNAVAILABLE, RESOURCE_EXHAUSTED -> down("service");
      case DEADLINE_EXCEEDED, CANCELLED ->
          Refused.of(Reason.REASON_DEADLINE, "the deadline passed");
      default -> internal();
    };
  }

  // A dependency that forbids *us* something, or finds our request malformed, has met a defect of
  // ours.
  private static boolean concernsTheCaller(Refused refused) {
    return switch (refused.reason()) {
      case REASON_INTERNAL,
          REASON_UNAUTHENTICATED,
          REASON_FORBIDDEN,
          REASON_INVALID_FIELD,
          REASON_MALFORMED_BODY,
          REASON_TOO_LARGE,
          REASON_METHOD_NOT_ALLOWED ->
          false;
      default -> true;
    };
  }

  private static Optional<Refused> carried(@Nullable Metadata trailers) {
    com.google.rpc.Status details = trailers == null ? null : trailers.get(StatusMapper.DETAILS);
    if (details == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(unpacked(details));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Refused unpacked(com.google.rpc.Status details)
      throws InvalidProtocolBufferException {
    Refused refused = null;
    Duration wait = null;
    List<BadRequest.FieldViolation> violations = List.of();
    for (Any any : details.getDetailsList()) {
      if (any.is(ErrorInfo.class)) {
        refused = ofInfo(any.unpack(ErrorInfo.class), details.getMessage());
      } else if (any.is(RetryInfo.class)) {
        var delay = any.unpack(RetryInfo.class).getRetryDelay();
        wait = Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
      } else if (any.is(BadRequest.class)) {
        violations = any.unpack(BadRequest.class).getFieldViolationsList();
      }
    }
    if (refused == null) {
      return null;
    }
    for (var violation : violations) {
      refused = refused.violation(violation.getField(), violation.getDescription());
    }
    return wait == null ? refused : refused.retryAfter(wait);
  }

  private static @Nullable Refused ofInfo(ErrorInfo info, String message) {
    if (!info.getDomain().equals(StatusMapper.DOMAIN)) {
      return null;
    }
    for (Reason reason : Reason.values()) {
      if (reason != Reason.UNRECOGNIZED && Reasons.name(reason).equals(info.getReason())) {
        Refused refused = Refused.of(reason, message);
        for (var entry : info.getMetadataMap().entrySet()) {
          refused = refused.with(entry.getKey(), entry.getValue());
        }
        return refused;
      }
    }
    return null;
  }

  private static Refused down(String dependency) {
    return Refused.of(Reason.REASON_DEPENDENCY_DOWN, "a dependency is down or late")
        .dependency(dependency);
  }

  private static Refused internal() {
    return Refused.of(Reason.REASON_INTERNAL, "internal error");
  }
}
