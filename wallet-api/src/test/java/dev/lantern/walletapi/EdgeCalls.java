package dev.lantern.walletapi;

import com.google.rpc.ErrorInfo;
import dev.lantern.runtime.errors.StatusMapper;
import dev.lantern.runtime.identity.Identification;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What the edge adds to a call, and what comes back when it is refused.
final class EdgeCalls {
  private EdgeCalls() {}

  /// The headers of a verified session.
  static ClientInterceptor user(long actId, String lane) {
    Metadata headers = new Metadata();
    headers.put(Identification.ACT_ID, Long.toString(actId));
    headers.put(Identification.APP_ID, "1");
    headers.put(Identification.LANE, lane);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  /// The ErrorInfo of the refusal that the call must end with.
  static ErrorInfo refusalOf(ThrowingCallable call) {
    StatusRuntimeException refused =
        Assertions.catchThrowableOfType(StatusRuntimeException.class, call);
    Assertions.assertThat(refused).as("refused").isNotNull();
    Metadata trailers = java.util.Objects.requireNonNull(refused.getTrailers());
    com.google.rpc.Status status =
        java.util.Objects.requireNonNull(trailers.get(StatusMapper.DETAILS));
    Assertions.assertThat(status.getCode()).isEqualTo(refused.getStatus().getCode().value());
    try {
      for (var any : status.getDetailsList()) {
        if (any.is(ErrorInfo.class)) {
          return any.unpack(ErrorInfo.class);
        }
      }
    } catch (com.google.protobuf.InvalidProtocolBufferException broken) {
      throw new AssertionError(broken);
    }
    throw new AssertionError("no ErrorInfo in " + status);
  }
}
