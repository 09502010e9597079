package dev.lantern.proving.measure;

import com.google.protobuf.Empty;
import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.config.Config;
import dev.lantern.runtime.identity.AccessPolicy;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.runtime.telemetry.TelemetryConfig;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// A server like any service's, with every interceptor, certificate and default of one, whose only
/// method returns the empty message it was given: what a call costs in which nothing is done.
///
/// `EchoServer CERTIFICATE KEY CA PORT_FILE`; ends when its standard input does, and so with the
/// process that measures.
public final class EchoServer {
  private static final String SERVICE = "lantern.bench.Echo";

  static final MethodDescriptor<Empty, Empty> ECHO =
      MethodDescriptor.<Empty, Empty>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Echo"))
          .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
          .build();

  private EchoServer() {}

  public static void main(String[] args) throws IOException {
    ServerConfig config = config(args[0], args[1], args[2]);
    var sampling = Config.read(TelemetryConfig.class, "defaults", "{}", Map.of());
    Telemetry telemetry = Telemetry.start(sampling, "echo", config.host(), config.metricsPort());
    try (var identity = TlsIdentity.open(config.tls());
        var host =
            ServiceHost.builder("echo", config, identity, telemetry)
                .access(AccessPolicy.builder().service(SERVICE, "operator").build())
                .service(service())
                .onStop(telemetry)
                .start()) {
      publish(Path.of(args[3]), host.port());
      var _ = System.in.transferTo(OutputStream.nullOutputStream());
    }
    System.exit(0);
  }

  private static ServerConfig config(String certificate, String key, String authority) {
    String yaml =
        "{port: 0, metrics_port: 0, tls: {certificate: \"%s\", key: \"%s\", ca: \"%s\"}}"
            .formatted(certificate, key, authority);
    return Config.read(ServerConfig.class, "echo", yaml, Map.of());
  }

  private static BindableService service() {
    return () ->
        ServerServiceDefinition.builder(SERVICE)
            .addMethod(
                ECHO,
                ServerCalls.asyncUnaryCall((request, answer) -> {
                  answer.onNext(request);
                  answer.onCompleted();
                }))
            .build();
  }

  /// Whoever sees the file sees the whole number.
  private static void publish(Path file, int port) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, Integer.toString(port));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
