package dev.lantern.proving.json;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.lantern.cli.stack.pki.Leaf;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The services behind both edges, over mutual TLS, each under its own name. They answer by script
/// and remember the last call. One call at a time is scripted; for load the script stays as it is.
final class ScriptedServices implements AutoCloseable {
  /// What our services say to bytes that are no message, as those of a text that is no UTF-8.
  private static final Status UNREADABLE =
      Status.newBuilder()
          .setCode(Code.INVALID_ARGUMENT_VALUE)
          .setMessage("the body is not a message of this method")
          .addDetails(
              Any.pack(
                  ErrorInfo.newBuilder().setReason("MALFORMED_BODY").setDomain("lantern").build()))
          .build();

  private final Map<String, Server> servers = new HashMap<>();
  private final AtomicReference<@Nullable Script> script = new AtomicReference<>();
  private final AtomicReference<@Nullable Heard> heard = new AtomicReference<>();
  private final Map<Rpcs, byte[]> replies = new ConcurrentHashMap<>();
  private volatile boolean remembering = true;

  private ScriptedServices() {}

  static ScriptedServices start(Map<String, Leaf> identities) throws IOException {
    var services = new ScriptedServices();
    try {
      for (var identity : identities.entrySet()) {
        services.servers.put(identity.getKey(), services.start(identity.getValue()));
      }
      return services;
    } catch (IOException e) {
      services.close();
      throw e;
    }
  }

  Map<String, Integer> ports() {
    var ports = new HashMap<String, Integer>();
    servers.forEach((name, server) -> ports.put(name, server.getPort()));
    return Map.copyOf(ports);
  }

  /// From now on everything is answered so, and nothing has been heard.
  void play(Script next) {
    heard.set(null);
    replies.clear();
    script.set(next);
  }

  /// Under load nobody asks what was heard.
  void forget() {
    remembering = false;
  }

  Optional<Heard> heard() {
    return Optional.ofNullable(heard.get());
  }

  private Server start(Leaf identity) throws IOException {
    var credentials =
        TlsServerCredentials.newBuilder()
            .keyManager(identity.certificate().toFile(), identity.key().toFile())
            .trustManager(identity.authority().toFile())
            .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
            .build();
    return NettyServerBuilder.forPort(0, credentials)
        .permitKeepAliveTime(5, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .directExecutor()
        .addService(new HealthStatusManager().getHealthService())
        .fallbackHandlerRegistry(new Everything())
        .build()
        .start();
  }

  @Override
  public void close() {
    servers.values().forEach(Server::shutdownNow);
  }

  private final class Everything extends HandlerRegistry {
    @Override
    public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
        String name, @Nullable String authority) {
      return Rpcs.of(name).map(this::definition).orElse(null);
    }

    private ServerMethodDefinition<byte[], byte[]> definition(Rpcs rpc) {
      var method =
          MethodDescriptor.<byte[], byte[]>newBuilder()
              .setType(MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(rpc.fullName())
              .setRequestMarshaller(Bytes.AS_THEY_ARE)
              .setResponseMarshaller(Bytes.AS_THEY_ARE)
              .build();
      return ServerMethodDefinition.create(method, (call, _) -> answering(rpc, call));
    }
  }

  private ServerCall.Listener<byte[]> answering(Rpcs rpc, ServerCall<byte[], byte[]> call) {
    call.request(2);
    return new ServerCall.Listener<>() {
      private boolean readable = true;

      @Override
      public void onMessage(byte[] message) {
        if (remembering) {
          try {
            heard.set(new Heard(rpc.fullName(), rpc.requestJson(message)));
          } catch (IllegalArgumentException e) {
            readable = false;
          }
        }
      }

      @Override
      public void onHalfClose() {
        if (readable) {
          answer(rpc, call);
        } else {
          refuse(call, UNREADABLE, new Metadata());
        }
      }
    };
  }

  private void answer(Rpcs rpc, ServerCall<byte[], byte[]> call) {
    switch (Objects.requireNonNull(script.get(), "nothing is scripted")) {
      case Script.Reply reply -> {
        call.sendHeaders(new Metadata());
        call.sendMessage(replies.computeIfAbsent(rpc, it -> it.responseBytes(reply.message())));
        call.close(io.grpc.Status.OK, new Metadata());
      }
      case Script.Refusal refusal -> {
        Status told = Rpcs.status(refusal.status());
        var trailers = new Metadata();
        refusal
            .trailers()
            .forEach((name, value) ->
                trailers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        refuse(call, told, trailers);
      }
    }
  }

  private static void refuse(ServerCall<byte[], byte[]> call, Status told, Metadata trailers) {
    StatusRuntimeException error = StatusProto.toStatusRuntimeException(told, trailers);
    call.close(error.getStatus(), Objects.requireNonNull(error.getTrailers()));
  }

  /// Messages are passed on as bytes: what they mean is looked up by name.
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
