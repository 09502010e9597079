package dev.lantern.sdk;

import java.nio.file.Path;

/// Where Lantern is and who we are there: the mesh's listener, and this process's identity, whose
/// certificate says what it may call.
///
/// @param certificate PEM, the chain of this process
/// @param key PEM, PKCS #8
/// @param authority PEM, whom we trust
public record Where(String host, int port, Path certificate, Path key, Path authority) {
  public Where {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is 1 to 65535");
    }
  }
}
