package dev.lantern.controlplane.policy;

import java.time.Duration;

/// Values to the rules of [EntryKinds].
final class EntryRules {
  private EntryRules() {}

  static Rule stage(About about, Values values) {
    return new Rule.EntryStage(
        about,
        Target.of(values.map("match")),
        values.whole("round"),
        Opening.of(values),
        onRefuse(values, "on_wait", Duration.ofSeconds(5), "not your turn yet"));
  }

  static Rule limit(About about, Values values) {
    Values limit = values.map("limit");
    return new Rule.RateLimit(
        about,
        Target.of(values.map("match")),
        limit.rate("rate"),
        limit.span("burst"),
        sharing(limit),
        values.findText("while"),
        onRefuse(values, "on_refuse", Duration.ofSeconds(2), "too many requests"));
  }

  private static Sharing sharing(Values limit) {
    if (limit.has("divide")) {
      return Sharing.DIVIDED;
    }
    return limit.has("scope") ? Sharing.EXACT : Sharing.BY_CALLER;
  }

  static Rule frequency(About about, Values values) {
    Values limit = values.map("limit");
    return new Rule.Frequency(
        about,
        Target.of(values.map("match")),
        values.text("per").equals("user"),
        limit.rate("rate"),
        limit.whole("burst"),
        onRefuse(values, "on_refuse", Duration.ofSeconds(2), "too many requests"));
  }

  static Rule drop(About about, Values values) {
    return new Rule.RandomDrop(
        about,
        Target.of(values.map("match")),
        values.text("switch"),
        onRefuse(values, "on_refuse", Duration.ofSeconds(5), "please wait a moment"));
  }

  static OnRefuse onRefuse(Values values, String key, Duration after, String message) {
    return values
        .findMap(key)
        .map(OnRefuse::of)
        .orElseGet(() -> new OnRefuse(after, Duration.ZERO, message));
  }
}
