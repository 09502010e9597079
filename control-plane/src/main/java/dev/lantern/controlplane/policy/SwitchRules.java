package dev.lantern.controlplane.policy;

import java.time.Duration;
import java.util.TreeMap;

/// Values to the rules of [SwitchKinds].
final class SwitchRules {
  private SwitchRules() {}

  static Rule switchRule(About about, Values values) {
    return new Rule.Switch(
        about,
        values.text("description"),
        values.findText("removes").orElse(""),
        values.integer("default"),
        values.texts("obeyed_by"),
        values.findText("shown_by").orElse(""),
        values.findSpan("longest"),
        values
            .findMap("drop")
            .map(drop ->
                new Rule.Drop(
                    drop.text("route"),
                    EntryRules.onRefuse(
                        drop, "on_refuse", Duration.ofSeconds(5), "please wait a moment"))));
  }

  static Rule level(About about, Values values) {
    var settings = new TreeMap<String, Integer>();
    values
        .maps("set")
        .forEach(setting -> settings.put(setting.text("switch"), setting.integer("to")));
    return new Rule.Level(
        about,
        values.integer("rank"),
        values.text("description"),
        values.text("approval").equals("second-person"),
        values.span("longest"),
        values.findMap("automatic").map(Automatic::of),
        settings);
  }
}
