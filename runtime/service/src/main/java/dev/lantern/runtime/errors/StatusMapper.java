package dev.lantern.runtime.errors;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.lantern.common.v1.Reason;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import java.time.Duration;

/// A refusal in the one shape every caller sees.
///
/// `grpc-status`, the code inside `grpc-status-details-bin` and the reason always agree: a client's
/// parser throws when the first two differ. `retry-after` (whole seconds, for HTTP) and
/// `grpc-retry-pushback-ms` (for gRPC clients; -1 = do not) are trailers of our own making, because
/// Envoy makes no header out of RetryInfo.
public final class StatusMapper {

  public static final Metadata.Key<com.google.rpc.Status> DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin",
          ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

  public static final Metadata.Key<String> RETRY_AFTER =
      Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);

  public static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  /// The domain of every ErrorInfo of ours.
  public static final String DOMAIN = "lantern";

  private StatusMapper() {}

  /// The status and trailers that end a call.
  public record Answer(Status status, Metadata trailers) {}

  public static Answer answer(Refused refused) {
    Status.Code code = Reasons.code(refused.reason());
    var trailers = new Metadata();
    trailers.put(DETAILS, details(refused, code));
    refused
        .retryAfter()
        .ifPresentOrElse(
            wait -> {
              trailers.put(RETRY_AFTER, Long.toString(wholeSeconds(wait)));
              trailers.put(PUSHBACK, Long.toString(wait.toMillis()));
            },
            () -> trailers.put(PUSHBACK, "-1"));
    return new Answer(code.toStatus().withDescription(refused.text()), trailers);
  }

  /// The google.rpc.Status of a refusal, for those who write JSON themselves.
  public static com.google.rpc.Status details(Refused refused) {
    return details(refused, Reasons.code(refused.reason()));
  }

  private static com.google.rpc.Status details(Refused refused, Status.Code code) {
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage(refused.text())
            .addDetails(Any.pack(errorInfo(refused)));
    refused.retryAfter().ifPresent(wait -> status.addDetails(Any.pack(retryInfo(wait))));
    if (refused.reason() == Reason.REASON_INVALID_FIELD || !refused.violations().isEmpty()) {
      status.addDetails(Any.pack(badRequest(refused)));
    }
    return status.build();
  }

  private static ErrorInfo errorInfo(Refused refused) {
    return ErrorInfo.newBuilder()
        .setReason(Reasons.name(refused.reason()))
        .setDomain(DOMAIN)
        .putAllMetadata(refused.metadata())
        .build();
  }

  private static RetryInfo retryInfo(Duration wait) {
    return RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(wait.toMillis())).build();
  }

  private static BadRequest badRequest(Refused refused) {
    var bad = BadRequest.newBuilder();
    if (refused.violations().isEmpty()) {
      bad.addFieldViolationsBuilder()
          .setField(refused.metadata().getOrDefault("field", ""))
          .setDescription(refused.text());
    }
    for (var violation : refused.violations()) {
      bad.addFieldViolationsBuilder()
          .setField(violation.field())
          .setDescription(violation.description());
    }
    return bad.build();
  }

  private static long wholeSeconds(Duration wait) {
    return Math.max(1, (wait.toMillis() + 999) / 1000);
  }
}
