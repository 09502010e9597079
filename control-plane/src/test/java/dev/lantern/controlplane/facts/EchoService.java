package dev.lantern.controlplane.facts;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// [EchoContract]'s service. Its answers are written byte by byte: `Say` returns the request and a
/// `retry-after` trailer, or, asked the word `no`, refuses with details and that trailer; `Count`
/// sends two messages and then refuses.
final class EchoService implements AutoCloseable {
  private static final Metadata.Key<String> RETRY_AFTER =
      Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);

  private final Server server;

  private EchoService(Server server) {
    this.server = server;
  }

  static EchoService start() throws IOException {
    return new EchoService(
        NettyServerBuilder.forPort(0).fallbackHandlerRegistry(new Both()).build().start());
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static final class Both extends HandlerRegistry {
    @Override
    public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
        String name, @Nullable String authority) {
      return switch (name) {
        case EchoContract.SERVICE + "/Say" -> definition(name, MethodDescriptor.MethodType.UNARY);
        case EchoContract.SERVICE + "/Count" ->
            definition(name, MethodDescriptor.MethodType.SERVER_STREAMING);
        default -> null;
      };
    }

    private static ServerMethodDefinition<byte[], byte[]> definition(
        String name, MethodDescriptor.MethodType type) {
      var method =
          MethodDescriptor.<byte[], byte[]>newBuilder()
              .setType(type)
              .setFullMethodName(name)
              .setRequestMarshaller(Bytes.AS_THEY_ARE)
              .setResponseMarshaller(Bytes.AS_THEY_ARE)
              .build();
      boolean streams = type == MethodDescriptor.MethodType.SERVER_STREAMING;
      return ServerMethodDefinition.create(method, (call, _) -> answering(call, streams));
    }
  }

  private static ServerCall.Listener<byte[]> answering(
      ServerCall<byte[], byte[]> call, boolean streams) {
    call.request(2);
    return new ServerCall.Listener<>() {
      @Override
      public void onMessage(byte[] message) {
        boolean no = new String(message, StandardCharsets.ISO_8859_1).contains("no");
        if (no && !streams) {
          refuse(call);
          return;
        }
        call.sendHeaders(new Metadata());
        call.sendMessage(message);
        if (streams) {
          call.sendMessage(message);
          refuse(call);
        } else {
          var trailers = new Metadata();
          trailers.put(RETRY_AFTER, "7");
          call.close(Status.OK, trailers);
        }
      }
    };
  }

  private static void refuse(ServerCall<byte[], byte[]> call) {
    var trailers = new Metadata();
    trailers.put(RETRY_AFTER, "7");
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
            .setMessage("no")
            .addDetails(
                Any.pack(ErrorInfo.newBuilder().setReason("R").setDomain("lantern").build()))
            .build();
    var error = StatusProto.toStatusRuntimeException(status, trailers);
    call.close(error.getStatus(), Objects.requireNonNull(error.getTrailers()));
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    AS_THEY_ARE;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
