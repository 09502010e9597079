package dev.lantern.controlplane.policy;

/// What a degraded route does.
public sealed interface Instead {
  record Refuse(OnRefuse onRefuse) implements Instead {}

  /// A fixed JSON answer.
  record Answer(int status, String json) implements Instead {}

  /// Another service answers.
  record Fallback(String service) implements Instead {}
}
