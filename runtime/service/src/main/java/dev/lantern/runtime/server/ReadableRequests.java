package dev.lantern.runtime.server;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.ToIntFunction;

/// Lets a body that is no message of its method reach the [CallChain], which refuses it in our
/// shape. gRPC parses before any interceptor runs, and a parser that throws there ends the call
/// with a bare UNKNOWN.
///
/// Instead of the message the chain gets [#NONE], or [#TOO_LARGE] for one that is over the method's
/// bound and is therefore not parsed at all; [RequestRules], always innermost, refuses both, so no
/// handler ever sees them.
final class ReadableRequests {

  /// Stands for a request that could not be read.
  static final Object NONE = new Object();

  /// Stands for a request that was not read.
  static final Object TOO_LARGE = new Object();

  private final ToIntFunction<String> bytesOf;

  /// @param bytesOf the largest request of a method, by its full name
  ReadableRequests(ToIntFunction<String> bytesOf) {
    this.bytesOf = bytesOf;
  }

  ServerServiceDefinition of(ServerServiceDefinition service) {
    List<ServerMethodDefinition<?, ?>> methods =
        service.getMethods().stream().<ServerMethodDefinition<?, ?>>map(this::of).toList();
    // Reflection reads the schema off the service's descriptor.
    var descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    var readable = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(readable::addMethod);
    return readable.build();
  }

  private <Q, A> ServerMethodDefinition<Q, A> of(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        descriptor.toBuilder(lenient(descriptor), descriptor.getResponseMarshaller()).build(),
        method.getServerCallHandler());
  }

  private <Q> Marshaller<Q> lenient(MethodDescriptor<Q, ?> method) {
    Marshaller<Q> strict = method.getRequestMarshaller();
    return new Marshaller<>() {
      @Override
      public InputStream stream(Q value) {
        return strict.stream(value);
      }

      @Override
      @SuppressWarnings("unchecked") // nothing between here and RequestRules looks at the message
      public Q parse(InputStream stream) {
        try {
          int most = bytesOf.applyAsInt(method.getFullMethodName());
          if (stream instanceof KnownLength) {
            return stream.available() > most ? (Q) TOO_LARGE : strict.parse(stream);
          }
          // Compressed: nobody knows how much it will be.
          byte[] bytes = stream.readNBytes(most + 1);
          return bytes.length > most
              ? (Q) TOO_LARGE
              : strict.parse(new ByteArrayInputStream(bytes));
        } catch (StatusRuntimeException | IOException e) {
          return (Q) NONE;
        }
      }
    };
  }
}
