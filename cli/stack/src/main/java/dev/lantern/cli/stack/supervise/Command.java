package dev.lantern.cli.stack.supervise;

import org.jspecify.annotations.Nullable;

/// One request to the supervisor, one line of JSON on the control socket.
///
/// @param token proves that the caller may read the home's secrets
/// @param part for START and STOP
/// @param api for SCALE
/// @param settle for SCALE
record Command(String token, Kind kind, @Nullable String part, int api, int settle) {
  enum Kind {
    STOP_ALL,
    STOP,
    START,
    SCALE
  }

  /// The answer; `error` and `remedy` are there if it was refused.
  record Answer(@Nullable String error, @Nullable String remedy) {}
}
