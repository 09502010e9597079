package dev.lantern.proving.json;

import com.google.protobuf.ByteString;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One HTTP/1.1 call, byte for byte as it is written: no client mends a path or a header on its
/// way.
final class RawHttp {
  private static final int PATIENCE_MS = 10_000;
  private static final int MOST_BYTES = 1 << 20;
  private static final int CONTINUE = 100;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private RawHttp() {}

  /// @param headers by lower-case name; of a name that comes twice, both, with a comma
  record Answer(int status, Map<String, String> headers, ByteString body) {}

  static Answer call(int port, String method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    head.append("host: edge.test\r\nconnection: close\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (body.length > 0 || !method.equals("GET")) {
      head.append("content-length: " + body.length + "\r\n");
    }
    head.append("\r\n");
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
      socket.setSoTimeout(PATIENCE_MS);
      var out = new ByteArrayOutputStream();
      out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.writeBytes(body);
      socket.getOutputStream().write(out.toByteArray());
      return read(new BufferedInputStream(socket.getInputStream()), method.equals("HEAD"));
    }
  }

  /// Up to the answer's end, not to the connection's: Envoy leaves a refused one open for a second.
  private static Answer read(InputStream in, boolean bodiless) throws IOException {
    int status = Integer.parseInt(line(in).split(" ", -1)[1]);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (one, other) -> one + ", " + other);
    }
    if (status == CONTINUE) {
      return read(in, bodiless);
    }
    boolean empty = bodiless || status == NO_CONTENT || status == NOT_MODIFIED;
    return new Answer(status, headers, empty ? ByteString.EMPTY : body(in, headers));
  }

  private static ByteString body(InputStream in, Map<String, String> headers) throws IOException {
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      var body = new ByteArrayOutputStream();
      for (int size = chunk(in); size > 0; size = chunk(in)) {
        body.writeBytes(in.readNBytes(size));
        line(in);
      }
      return ByteString.copyFrom(body.toByteArray());
    }
    String length = headers.get("content-length");
    return ByteString.copyFrom(
        in.readNBytes(
            length == null ? MOST_BYTES : Math.min(MOST_BYTES, Integer.parseInt(length))));
  }

  private static int chunk(InputStream in) throws IOException {
    return Integer.parseInt(line(in).split(";", -1)[0].strip(), 16);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > MOST_BYTES) {
        throw new IOException("the answer ends early: " + line);
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
