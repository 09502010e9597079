package dev.lantern.cli.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lantern.cli.stack.process.ProcessIdentity;
import dev.lantern.cli.stack.process.ProcessMemory;
import dev.lantern.cli.stack.supervise.PartStatus;
import dev.lantern.cli.stack.supervise.Phase;
import dev.lantern.cli.stack.supervise.StackState;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/// The state of the stack as a table for people and as JSON for programs.
final class StatusView {
  private StatusView() {}

  static String table(StackState state) {
    var text = new StringBuilder();
    text.append(row("PART", "PHASE", "PID", "PORTS", "MEMORY", "UP", "START", "RESTARTS"));
    long total = 0;
    for (PartStatus part : state.parts()) {
      long bytes = memory(part);
      total += bytes;
      text.append(
          row(
              part.name(),
              part.running().filter(ProcessIdentity::frozen).isPresent()
                  ? "FROZEN"
                  : part.phase().name(),
              part.running().map(it -> Long.toString(it.pid())).orElse("-"),
              part.ports().stream().map(String::valueOf).collect(Collectors.joining(",")),
              bytes == 0 ? "-" : (bytes >> 20) + " MB",
              part.phase() == Phase.READY ? spoken(upFor(part)) : "-",
              part.startMs() == 0
                  ? "-"
                  : String.format(Locale.ROOT, "%.1f s", part.startMs() / 1000.0),
              Integer.toString(part.restarts())));
    }
    text.append(String.format(Locale.ROOT, "%nmemory of all parts: %d MB%n", total >> 20));
    return text.toString();
  }

  static String json(StackState state) {
    var parts = new JsonArray();
    for (PartStatus part : state.parts()) {
      parts.add(json(part));
    }
    var whole = new JsonObject();
    whole.addProperty("running", true);
    whole.addProperty("ready", state.allReady());
    whole.addProperty("base_port", state.basePort());
    whole.addProperty("supervisor_pid", state.supervisor().pid());
    whole.add("parts", parts);
    return new GsonBuilder().setPrettyPrinting().create().toJson(whole) + "\n";
  }

  private static JsonObject json(PartStatus part) {
    var object = new JsonObject();
    object.addProperty("part", part.name());
    object.addProperty("phase", part.phase().name());
    object.addProperty("ready", part.phase() == Phase.READY);
    object.addProperty("pid", part.running().map(ProcessIdentity::pid).orElse(0L));
    var ports = new JsonArray();
    part.ports().forEach(ports::add);
    object.add("ports", ports);
    object.addProperty("memory_bytes", memory(part));
    object.addProperty("uptime_s", part.phase() == Phase.READY ? upFor(part).toSeconds() : 0);
    object.addProperty("start_ms", part.startMs());
    object.addProperty("restarts", part.restarts());
    object.addProperty("detail", part.detail());
    return object;
  }

  private static String row(String... cells) {
    return String.format(
        Locale.ROOT, "%-18s %-11s %7s  %-10s %7s  %9s  %7s  %8s%n", (Object[]) cells);
  }

  private static long memory(PartStatus part) {
    return part.running().map(ProcessMemory::bytes).orElse(0L);
  }

  private static Duration upFor(PartStatus part) {
    return Duration.ofMillis(Math.max(0, System.currentTimeMillis() - part.sinceMs()));
  }

  private static String spoken(Duration duration) {
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " m";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " m " + duration.toSecondsPart() + " s"
        : duration.toSeconds() + " s";
  }
}
