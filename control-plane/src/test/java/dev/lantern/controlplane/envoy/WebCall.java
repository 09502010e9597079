package dev.lantern.controlplane.envoy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A call as a page makes it by gRPC-Web: frames in a body, trailers as the last of them.
///
/// @param trailers of the last frame; where there is none, the headers
public record WebCall(HttpResponse<byte[]> raw, ByteString message, Map<String, String> trailers) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int TRAILERS = 0x80;

  /// How it is written.
  public enum Form {
    BINARY("application/grpc-web+proto"),
    TEXT("application/grpc-web-text");

    private final String contentType;

    Form(String contentType) {
      this.contentType = contentType;
    }
  }

  public static WebCall of(
      int port, Form form, String path, MessageLite request, Map<String, String> headers)
      throws IOException, InterruptedException {
    byte[] frame = frame(request.toByteArray());
    byte[] body = form == Form.TEXT ? Base64.getEncoder().encode(frame) : frame;
    var call =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .header("content-type", form.contentType)
            .header("accept", form.contentType)
            .header("x-grpc-web", "1")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(call::header);
    HttpResponse<byte[]> raw = HTTP.send(call.build(), HttpResponse.BodyHandlers.ofByteArray());
    return read(raw, form);
  }

  public String status() {
    return trailers.getOrDefault("grpc-status", "");
  }

  public <M> M answer(Parser<M> parser) throws InvalidProtocolBufferException {
    return parser.parseFrom(message);
  }

  /// The reason in the details; fails when their code is not the status.
  public String reason() throws InvalidProtocolBufferException {
    String details = trailers.getOrDefault("grpc-status-details-bin", "");
    Status told = Status.parseFrom(Base64.getDecoder().decode(details));
    if (!Integer.toString(told.getCode()).equals(status())) {
      throw new AssertionError("the details disagree with " + status() + ": " + told);
    }
    return told.getDetails(0).unpack(ErrorInfo.class).getReason();
  }

  public Optional<String> header(String name) {
    return raw.headers().firstValue(name);
  }

  private static WebCall read(HttpResponse<byte[]> raw, Form form) {
    ByteBuffer body = ByteBuffer.wrap(form == Form.TEXT ? decoded(raw.body()) : raw.body());
    ByteString message = ByteString.EMPTY;
    Map<String, String> trailers = new TreeMap<>();
    raw.headers().map().forEach((name, values) -> trailers.put(name, values.getFirst()));
    while (body.remaining() >= 5) {
      int kind = body.get() & 0xff;
      byte[] content = new byte[body.getInt()];
      body.get(content);
      if (kind == TRAILERS) {
        for (String line : new String(content, StandardCharsets.UTF_8).split("\r\n", -1)) {
          int colon = line.indexOf(':');
          if (colon > 0) {
            trailers.put(line.substring(0, colon), line.substring(colon + 1).strip());
          }
        }
      } else {
        message = ByteString.copyFrom(content);
      }
    }
    return new WebCall(raw, message, trailers);
  }

  /// Each frame may be padded by itself.
  private static byte[] decoded(byte[] text) {
    var out = new ByteArrayOutputStream();
    for (int at = 0; at < text.length; at += 4) {
      out.writeBytes(Base64.getDecoder().decode(java.util.Arrays.copyOfRange(text, at, at + 4)));
    }
    return out.toByteArray();
  }

  private static byte[] frame(byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }
}
