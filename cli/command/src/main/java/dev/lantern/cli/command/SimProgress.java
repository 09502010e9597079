package dev.lantern.cli.command;

import dev.lantern.simulation.Simulation.Progress;

/// How far a simulation is, on standard error: a line that is written over on a terminal, elsewhere
/// a line now and then.
final class SimProgress {
  private static final int ON_TERMINAL = 20;
  private static final int ELSEWHERE = 500;

  private final Place place;
  private final String what;
  private final String bad;
  private final int every;
  private boolean open;

  private SimProgress(Place place, String what, String bad, int every) {
    this.place = place;
    this.what = what;
    this.bad = bad;
    this.every = every;
  }

  static SimProgress ofRuns(Place place) {
    return new SimProgress(place, "runs", "violations", place.terminal() ? ON_TERMINAL : ELSEWHERE);
  }

  static SimProgress ofMutations(Place place) {
    return new SimProgress(place, "mutations", "not caught", 1);
  }

  void show(Progress progress) {
    if (progress.done() % every != 0) {
      return;
    }
    String line =
        "  %d of %d %s, %d %s".formatted(progress.done(), progress.of(), what, progress.bad(), bad);
    if (place.terminal()) {
      place.err().print("\r" + line);
      place.err().flush();
      open = true;
    } else {
      place.err().println(line);
    }
  }

  void done() {
    if (open) {
      place.err().println();
    }
  }
}
