package dev.lantern.runtime.server;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.rpc.ErrorDetailsProto;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.reflection.v1.FileDescriptorResponse;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// gRPC's reflection, which also knows the details of our refusals.
///
/// The library's own knows what the services' messages are made of. Details travel packed in
/// google.rpc.Status, which no message of ours has, so tools such as grpcurl would show them as
/// bytes.
final class Reflection extends ServerReflectionGrpc.ServerReflectionImplBase {
  private static final FileDescriptor DETAILS = ErrorDetailsProto.getDescriptor();
  private static final Set<String> DETAIL_NAMES =
      DETAILS.getMessageTypes().stream()
          .map(Descriptor::getFullName)
          .collect(Collectors.toUnmodifiableSet());

  private final ServerReflectionGrpc.ServerReflectionImplBase library =
      (ServerReflectionGrpc.ServerReflectionImplBase) ProtoReflectionServiceV1.newInstance();

  @Override
  public StreamObserver<ServerReflectionRequest> serverReflectionInfo(
      StreamObserver<ServerReflectionResponse> answers) {
    var call = (ServerCallStreamObserver<ServerReflectionResponse>) answers;
    StreamObserver<ServerReflectionRequest> others = library.serverReflectionInfo(answers);
    return new StreamObserver<>() {
      @Override
      public void onNext(ServerReflectionRequest request) {
        if (asksForDetails(request)) {
          call.onNext(details(request));
          // The library takes one question at a time, and asks for the next when it has answered.
          call.request(1);
        } else {
          others.onNext(request);
        }
      }

      @Override
      public void onError(Throwable failure) {
        others.onError(failure);
      }

      @Override
      public void onCompleted() {
        others.onCompleted();
      }
    };
  }

  private static boolean asksForDetails(ServerReflectionRequest request) {
    return switch (request.getMessageRequestCase()) {
      case FILE_CONTAINING_SYMBOL -> DETAIL_NAMES.contains(request.getFileContainingSymbol());
      case FILE_BY_FILENAME -> request.getFileByFilename().equals(DETAILS.getName());
      case FILE_CONTAINING_EXTENSION,
          ALL_EXTENSION_NUMBERS_OF_TYPE,
          LIST_SERVICES,
          MESSAGEREQUEST_NOT_SET ->
          false;
    };
  }

  private static ServerReflectionResponse details(ServerReflectionRequest request) {
    var files = FileDescriptorResponse.newBuilder();
    Stream.concat(Stream.of(DETAILS), DETAILS.getDependencies().stream())
        .forEach(file -> files.addFileDescriptorProto(file.toProto().toByteString()));
    return ServerReflectionResponse.newBuilder()
        .setValidHost(request.getHost())
        .setOriginalRequest(request)
        .setFileDescriptorResponse(files)
        .build();
  }
}
