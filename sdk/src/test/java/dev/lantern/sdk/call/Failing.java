package dev.lantern.sdk.call;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;

/// Failures as servers and networks make them.
public final class Failing {
  private Failing() {}

  /// By a server of ours.
  public static StatusRuntimeException refused(Status status, String reason, String pushback) {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of(
            "grpc-status-details-bin",
            ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance())),
        com.google.rpc.Status.newBuilder()
            .setCode(status.getCode().value())
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setDomain("lantern")
                        .setReason(reason)
                        .putMetadata("layer", "service")
                        .build()))
            .build());
    trailers.put(
        Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER), pushback);
    return status.asRuntimeException(trailers);
  }

  /// By nobody of ours.
  public static StatusRuntimeException bare(Status status) {
    return status.asRuntimeException();
  }
}
