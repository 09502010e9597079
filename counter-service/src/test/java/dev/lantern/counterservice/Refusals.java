package dev.lantern.counterservice;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;

/// What a refused call says.
final class Refusals {

  private Refusals() {}

  static ErrorInfo of(Runnable call) {
    var e = catchThrowableOfType(StatusRuntimeException.class, call::run);
    var status = Objects.requireNonNull(StatusProto.fromThrowable(e));
    try {
      for (var detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class);
        }
      }
    } catch (InvalidProtocolBufferException bad) {
      throw new AssertionError("unreadable details", bad);
    }
    throw new AssertionError("no ErrorInfo in " + status);
  }
}
