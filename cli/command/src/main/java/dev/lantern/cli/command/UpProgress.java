package dev.lantern.cli.command;

import dev.lantern.cli.stack.supervise.PartStatus;
import dev.lantern.cli.stack.supervise.Phase;
import dev.lantern.cli.stack.supervise.StackState;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Shows a stack coming up: on a terminal one line per part, rewritten in place; elsewhere one line
/// per change.
final class UpProgress {
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private final boolean colour;
  private final long beganMs = System.currentTimeMillis();
  private final Map<String, Phase> shown = new HashMap<>();
  private int lines;

  UpProgress(Place place) {
    this.out = place.err();
    this.terminal = place.terminal();
    this.colour = place.colour();
  }

  void show(StackState state) {
    if (terminal) {
      redraw(state);
    } else {
      state.parts().forEach(this::mention);
    }
    out.flush();
  }

  void done() {
    out.printf(Locale.ROOT, "up in %.1f s%n", (System.currentTimeMillis() - beganMs) / 1000.0);
    out.flush();
  }

  private void redraw(StackState state) {
    if (lines > 0) {
      out.printf("\u001b[%dA", lines);
    }
    for (PartStatus part : state.parts()) {
      out.printf("%s%-16s %s%n", CLEAR, part.name(), painted(part));
    }
    lines = state.parts().size();
  }

  private void mention(PartStatus part) {
    boolean worthIt = part.phase() != Phase.WAITING && part.phase() != Phase.STARTING;
    if (shown.put(part.name(), part.phase()) != part.phase() && worthIt) {
      out.printf("%-16s %s%n", part.name(), spoken(part));
    }
  }

  private String painted(PartStatus part) {
    if (!colour) {
      return spoken(part);
    }
    int code =
        switch (part.phase()) {
          case READY -> 32;
          case FAILED -> 31;
          case BACKING_OFF, STOPPING, STOPPED -> 33;
          case WAITING -> 90;
          case PREPARING, STARTING -> 36;
        };
    return "\u001b[" + code + "m" + spoken(part) + "\u001b[0m";
  }

  private static String spoken(PartStatus part) {
    return switch (part.phase()) {
      case WAITING -> "waiting";
      case PREPARING -> "preparing";
      case STARTING -> "starting";
      case READY -> String.format(Locale.ROOT, "ready after %.1f s", part.startMs() / 1000.0);
      case BACKING_OFF -> "ended, will be started again: " + firstLine(part.detail());
      case FAILED -> "failed: " + firstLine(part.detail());
      case STOPPING -> "stopping";
      case STOPPED -> "stopped";
    };
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
