package dev.lantern.controlplane.resources;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// A text that the edge answers by itself, the same for everybody: no service is asked, so it is
/// there when all of them are busy.
///
/// @param path the whole path, without a query
/// @param contentType such as `text/html; charset=utf-8`
/// @param body at most 64 KiB: it is part of the route table of every gateway
public record Page(String path, String contentType, String body) {
  static final int MOST_BYTES = 64 * 1024;
  private static final int HASH_CHARACTERS = 32;
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9][A-Za-z0-9._-]{0,63}){1,4}");

  public Page {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("not a page's path: " + path);
    }
    int bytes = body.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "page " + path + " has " + bytes + " bytes; 1 to " + MOST_BYTES);
    }
  }

  /// The entity tag: of the bytes alone, so that every gateway and every restart says the same.
  String etag() {
    String hash = Hashing.sha256().hashString(body, StandardCharsets.UTF_8).toString();
    return "\"" + hash.substring(0, HASH_CHARACTERS) + "\"";
  }
}
