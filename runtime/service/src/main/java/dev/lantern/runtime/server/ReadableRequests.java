package dev.lantern.runtime.server;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.List;

/// Lets a body that is no message of its method reach the [CallChain], which refuses it in our
/// shape. gRPC parses before any interceptor runs, and a parser that throws there ends the call
/// with a bare UNKNOWN.
///
/// Instead of the message the chain gets [#NONE]; [RequestRules], always innermost, refuses it, so
/// no handler ever sees it.
final class ReadableRequests {

  /// Stands for a request that could not be read.
  static final Object NONE = new Object();

  private ReadableRequests() {}

  static ServerServiceDefinition of(ServerServiceDefinition service) {
    List<ServerMethodDefinition<?, ?>> methods =
        service.getMethods().stream()
            .<ServerMethodDefinition<?, ?>>map(ReadableRequests::of)
            .toList();
    // Reflection reads the schema off the service's descriptor.
    var descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    var readable = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(readable::addMethod);
    return readable.build();
  }

  private static <Q, A> ServerMethodDefinition<Q, A> of(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        descriptor.toBuilder(
                lenient(descriptor.getRequestMarshaller()), descriptor.getResponseMarshaller())
            .build(),
        method.getServerCallHandler());
  }

  private static <Q> Marshaller<Q> lenient(Marshaller<Q> strict) {
    return new Marshaller<>() {
      @Override
      public InputStream stream(Q value) {
        return strict.stream(value);
      }

      @Override
      @SuppressWarnings("unchecked") // nothing between here and RequestRules looks at the message
      public Q parse(InputStream stream) {
        try {
          return strict.parse(stream);
        } catch (StatusRuntimeException e) {
          return (Q) NONE;
        }
      }
    };
  }
}
