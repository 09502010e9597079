package dev.lantern.controlplane.policy;

/// What a degraded route does.
public sealed interface Instead {
  record Refuse(OnRefuse onRefuse) implements Instead {}

  /// A fixed answer over JSON; over gRPC a refusal, since Envoy cannot write a message.
  record Answer(String json, OnRefuse onRefuse) implements Instead {}

  /// Another service answers.
  record Fallback(String service) implements Instead {}
}
