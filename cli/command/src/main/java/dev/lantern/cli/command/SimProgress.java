package dev.lantern.cli.command;

import dev.lantern.simulation.Simulation.Progress;

/// How far a simulation is, on standard error: a line that is written over on a terminal, elsewhere
/// a line now and then.
final class SimProgress {
  private static final int ON_TERMINAL = 20;
  private static final int ELSEWHERE = 500;

  private final Place place;
  private boolean open;

  SimProgress(Place place) {
    this.place = place;
  }

  void show(Progress progress) {
    String line =
        "  %d of %d runs, %d violations"
            .formatted(progress.done(), progress.of(), progress.violations());
    if (place.terminal() && progress.done() % ON_TERMINAL == 0) {
      place.err().print("\r" + line);
      place.err().flush();
      open = true;
    } else if (!place.terminal() && progress.done() % ELSEWHERE == 0) {
      place.err().println(line);
    }
  }

  void done() {
    if (open) {
      place.err().println();
    }
  }
}
