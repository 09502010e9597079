package dev.lantern.controlplane.resources;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.lantern.common.v1.Reason;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A refusal that Envoy gives, by itself or told to by the limiter, the same over gRPC and JSON
/// (law PLAIN).
///
/// Envoy cannot build a google.rpc.Status, so it is precomputed here and sent as static headers: a
/// gRPC client reads `grpc-status-details-bin`, the JSON body is put together from the
/// `x-lantern-*` headers. The code inside the details is the one in `grpc-status`; were they to
/// differ, grpc-java's StatusProto would throw.
///
/// @param layer which of the mesh's layers refused
/// @param rule which rule in it
/// @param revision the policy revision of that rule; 0 for what no policy can change
/// @param retryAfter when the same call may work; empty: a retry is useless
/// @param jitter how far clients should spread their return
public record Refusal(
    int httpStatus,
    Code code,
    Reason reason,
    String layer,
    String rule,
    long revision,
    String message,
    Optional<Duration> retryAfter,
    Duration jitter) {

  String reasonName() {
    return reason.name().substring("REASON_".length());
  }

  Status status() {
    var info =
        ErrorInfo.newBuilder()
            .setReason(reasonName())
            .setDomain("lantern")
            .putMetadata("layer", layer)
            .putMetadata("rule", rule)
            .putMetadata("revision", Long.toString(revision))
            .putMetadata("jitter_ms", Long.toString(jitter.toMillis()))
            .build();
    var status =
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(message)
            .addDetails(Any.pack(info));
    retryAfter.ifPresent(wait ->
        status.addDetails(
            Any.pack(RetryInfo.newBuilder().setRetryDelay(Packed.duration(wait)).build())));
    return status.build();
  }

  /// The headers that carry it. With ADD_IF_ABSENT they are a default that a rule's own win over.
  public List<HeaderValueOption> headers(HeaderAppendAction action) {
    var headers = new ArrayList<HeaderValueOption>();
    headers.add(Packed.header("grpc-status", Integer.toString(code.getNumber()), action));
    headers.add(
        Packed.header(
            "grpc-status-details-bin",
            Base64.getEncoder().withoutPadding().encodeToString(status().toByteArray()),
            action));
    long pushback = retryAfter.map(Duration::toMillis).orElse(-1L);
    headers.add(Packed.header("grpc-retry-pushback-ms", Long.toString(pushback), action));
    retryAfter.ifPresent(
        wait -> headers.add(Packed.header("retry-after", Long.toString(seconds(wait)), action)));
    headers.addAll(words(action));
    return List.copyOf(headers);
  }

  /// The same as another process sends them: what Envoy does not write itself, it does not read for
  /// commands either.
  public List<HeaderValue> sent() {
    return edgeHeaders(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD).stream()
        .map(HeaderValueOption::getHeader)
        .map(header -> header.toBuilder().setValue(header.getValue().replace("%%", "%")).build())
        .toList();
  }

  /// The same with the message for a gRPC caller, for answers without a body.
  List<HeaderValueOption> edgeHeaders(HeaderAppendAction action) {
    var headers = new ArrayList<>(headers(action));
    headers.add(Packed.header("grpc-message", literal(percentEncoded(message)), action));
    return List.copyOf(headers);
  }

  /// As gRPC wants a message in a header: what is not printable ASCII, and `%`, by its bytes.
  static String percentEncoded(String text) {
    var encoded = new StringBuilder();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      if (one >= ' ' && one <= '~' && one != '%') {
        encoded.append((char) one);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
      }
    }
    return encoded.toString();
  }

  /// Envoy takes what follows a `%` for a command.
  private static String literal(String text) {
    return text.replace("%", "%%");
  }

  /// What the JSON body is put together from.
  List<HeaderValueOption> words(HeaderAppendAction action) {
    return List.of(
        Packed.header("x-lantern-reason", reasonName(), action),
        Packed.header("x-lantern-layer", layer, action),
        Packed.header("x-lantern-rule", rule, action),
        Packed.header("x-lantern-revision", Long.toString(revision), action),
        Packed.header("x-lantern-jitter-ms", Long.toString(jitter.toMillis()), action),
        Packed.header("x-lantern-message", literal(message), action));
  }

  /// Retry-After knows whole seconds: rounded up, at least one.
  static long seconds(Duration wait) {
    return Math.max(1, (wait.toMillis() + 999) / 1000);
  }
}
