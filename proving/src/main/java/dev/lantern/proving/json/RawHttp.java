package dev.lantern.proving.json;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One HTTP/1.1 call, byte for byte as it is written: no client mends a path or a header on its
/// way.
final class RawHttp {
  private static final int PATIENCE_MS = 10_000;
  private static final int MOST_BYTES = 1 << 20;
  private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

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
      byte[] all = socket.getInputStream().readNBytes(MOST_BYTES);
      return read(all, method.equals("HEAD"));
    }
  }

  private static Answer read(byte[] all, boolean bodiless) throws IOException {
    int end = indexOf(all, BLANK_LINE, 0);
    if (end < 0) {
      throw new IOException("no answer: " + new String(all, StandardCharsets.ISO_8859_1));
    }
    String[] lines = new String(all, 0, end, StandardCharsets.ISO_8859_1).split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.merge(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip(),
          (one, other) -> one + ", " + other);
    }
    int status = Integer.parseInt(lines[0].split(" ", -1)[1]);
    if (status == 100) {
      return read(Arrays.copyOfRange(all, end + BLANK_LINE.length, all.length), bodiless);
    }
    byte[] rest = Arrays.copyOfRange(all, end + BLANK_LINE.length, all.length);
    boolean chunked = "chunked".equals(headers.get("transfer-encoding"));
    byte[] body = bodiless ? new byte[0] : chunked ? joined(rest) : rest;
    return new Answer(status, headers, ByteString.copyFrom(body));
  }

  private static byte[] joined(byte[] chunks) throws IOException {
    var body = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int eol = indexOf(chunks, new byte[] {'\r', '\n'}, at);
      if (eol < 0) {
        throw new IOException("a chunked body ends early");
      }
      String size = new String(chunks, at, eol - at, StandardCharsets.ISO_8859_1);
      int length = Integer.parseInt(size.split(";", -1)[0].strip(), 16);
      if (length == 0) {
        return body.toByteArray();
      }
      body.write(chunks, eol + 2, length);
      at = eol + 2 + length + 2;
    }
  }

  private static int indexOf(byte[] where, byte[] what, int from) {
    for (int i = from; i + what.length <= where.length; i++) {
      if (Arrays.equals(where, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }
}
