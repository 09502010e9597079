package dev.lantern.runtime.telemetry;

import java.util.Optional;

/// - `otlpEndpoint`: where traces and metrics go (`http://host:4317`, OTLP over gRPC); absent:
///   nowhere
/// - `sampleRatio`: the share of traces begun here that are recorded, 0 to 1; a caller's decision
///   is followed
public record TelemetryConfig(Optional<String> otlpEndpoint, double sampleRatio) {
  public TelemetryConfig {
    if (!(sampleRatio >= 0 && sampleRatio <= 1)) {
      throw new IllegalArgumentException("sample_ratio must be 0 to 1, not " + sampleRatio);
    }
  }
}
