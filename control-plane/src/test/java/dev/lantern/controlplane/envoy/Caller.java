package dev.lantern.controlplane.envoy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A client of the edge over both protocols, which reads a refusal from either in the same words.
public final class Caller implements AutoCloseable {
  /// What a client can learn from a refusal.
  ///
  /// @param code the google.rpc.Code
  /// @param retryMs from RetryInfo; -1 when there is none
  public record Refused(
      int code, String reason, String message, Map<String, String> metadata, long retryMs) {}

  /// A JSON answer.
  public record Answer(int status, HttpResponse<String> raw) {
    public JsonObject body() {
      return JsonParser.parseString(raw.body()).getAsJsonObject();
    }

    public Optional<String> header(String name) {
      return raw.headers().firstValue(name);
    }

    public Refused refused() {
      JsonObject body = body();
      return read(body.get("code").getAsInt(), body);
    }

    private static Refused read(int code, JsonObject body) {
      String reason = "";
      Map<String, String> metadata = new TreeMap<>();
      long retryMs = -1;
      JsonArray details = body.getAsJsonArray("details");
      for (JsonElement element : details) {
        JsonObject detail = element.getAsJsonObject();
        String type = detail.get("@type").getAsString();
        if (type.equals("type.googleapis.com/google.rpc.ErrorInfo")) {
          reason = detail.get("reason").getAsString();
          detail
              .getAsJsonObject("metadata")
              .entrySet()
              .forEach(e -> metadata.put(e.getKey(), e.getValue().getAsString()));
        } else if (type.equals("type.googleapis.com/google.rpc.RetryInfo")) {
          String delay = detail.get("retryDelay").getAsString();
          retryMs = Math.round(Double.parseDouble(delay.substring(0, delay.length() - 1)) * 1000);
        }
      }
      return new Refused(code, reason, body.get("message").getAsString(), metadata, retryMs);
    }
  }

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final ManagedChannel channel;

  public Caller(int port) {
    this.port = port;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .maxRetryAttempts(1)
            .build();
  }

  public Answer json(String method, String path, String body, Map<String, String> headers) {
    var publisher =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .method(method, publisher);
    headers.forEach(request::header);
    try {
      var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public <Q, A> A grpc(MethodDescriptor<Q, A> method, Q request, Map<String, String> headers) {
    var metadata = new Metadata();
    headers.forEach((name, value) ->
        metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    return ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata)),
        method,
        CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
        request);
  }

  /// The refusal of a gRPC call; fails when it was answered.
  public <Q, A> Refused refusal(
      MethodDescriptor<Q, A> method, Q request, Map<String, String> headers) {
    try {
      A answer = grpc(method, request, headers);
      throw new AssertionError("answered: " + answer);
    } catch (StatusRuntimeException e) {
      return read(e);
    }
  }

  /// The pushback a gRPC client was given, in milliseconds.
  public static long pushback(StatusRuntimeException e) {
    String key = "grpc-retry-pushback-ms";
    Metadata trailers = Optional.ofNullable(e.getTrailers()).orElseGet(Metadata::new);
    return Optional.ofNullable(trailers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER)))
        .map(Long::parseLong)
        .orElse(0L);
  }

  public static Refused read(StatusRuntimeException e) {
    com.google.rpc.Status status =
        Optional.ofNullable(StatusProto.fromThrowable(e))
            .orElseThrow(() -> new AssertionError("no status", e));
    if (status.getCode() != e.getStatus().getCode().value()) {
      throw new AssertionError("the details disagree: " + status, e);
    }
    String reason = "";
    Map<String, String> metadata = new TreeMap<>();
    long retryMs = -1;
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          reason = info.getReason();
          metadata.putAll(info.getMetadataMap());
        } else if (detail.is(RetryInfo.class)) {
          var delay = detail.unpack(RetryInfo.class).getRetryDelay();
          retryMs = delay.getSeconds() * 1000 + delay.getNanos() / 1_000_000;
        }
      }
    } catch (InvalidProtocolBufferException broken) {
      throw new AssertionError(broken);
    }
    return new Refused(status.getCode(), reason, status.getMessage(), metadata, retryMs);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
