/// Traces, metrics and logs: OpenTelemetry with W3C propagation, Prometheus on the metrics port,
/// JSON lines that name their trace.
@NullMarked
package dev.lantern.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
