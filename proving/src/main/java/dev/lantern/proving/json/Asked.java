package dev.lantern.proving.json;

import java.util.Map;

/// A request as it goes over the wire. `${session}` in a header stands for a session that holds.
///
/// @param path with its query, written as it is sent
record Asked(String method, String path, Map<String, String> headers, String body) {
  static final String SESSION = "${session}";

  Asked {
    headers = Map.copyOf(headers);
  }
}
