package dev.lantern.cli.command;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;

/// What a service's refusal means at a terminal: its reason and words, and which exit code.
final class Refusal {
  private final StatusRuntimeException error;

  Refusal(StatusRuntimeException error) {
    this.error = error;
  }

  int exitCode() {
    return switch (error.getStatus().getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, UNIMPLEMENTED -> ExitCode.ENVIRONMENT;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> ExitCode.BAD_USE;
      case OK,
          CANCELLED,
          UNKNOWN,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          INTERNAL,
          DATA_LOSS,
          UNAUTHENTICATED ->
          ExitCode.FAILED;
    };
  }

  String text() {
    Status status = error.getStatus();
    String words = Optional.ofNullable(status.getDescription()).orElse("no more is known");
    String what = info().map(ErrorInfo::getReason).orElse(status.getCode().name()) + ": " + words;
    String field = info().map(info -> info.getMetadataOrDefault("field", "")).orElse("");
    return words.contains(field) ? what : what + " (" + field + ")";
  }

  private Optional<ErrorInfo> info() {
    var status = StatusProto.fromThrowable(error);
    if (status == null) {
      return Optional.empty();
    }
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          return Optional.of(detail.unpack(ErrorInfo.class));
        } catch (InvalidProtocolBufferException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
