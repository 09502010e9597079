/// Refusals: one exception to refuse with, one place that turns any failure into what the caller
/// sees.
///
/// The shape is the same over gRPC and JSON (law PLAIN): google.rpc.Status with ErrorInfo of domain
/// `lantern`, RetryInfo where coming back helps, and the trailers that Envoy and gRPC clients obey.
@NullMarked
package dev.lantern.runtime.errors;

import org.jspecify.annotations.NullMarked;
