package dev.lantern.runtime.client;

import java.nio.file.Path;
import java.time.Duration;

/// This process's certificate chain and key (PEM, PKCS #8) and the authority it trusts. The files
/// are read again every `reload`, so that renewed certificates need no restart.
public record TlsConfig(Path certificate, Path key, Path ca, Duration reload) {
  public TlsConfig {
    if (reload.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("reload must be at least 1s");
    }
  }
}
