package dev.lantern.proving.rain;

import java.io.PrintStream;

/// Progress on a terminal as one line that is drawn over again, and elsewhere as a plain line every
/// few seconds.
public final class ConsoleProgress implements Progress {
  private static final int PLAIN_EVERY = 10;
  private static final int WIDTH = 118;

  private final PrintStream out;
  private final boolean terminal;
  private int ticks;
  private boolean drawn;

  public ConsoleProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void phase(String what) {
    note(what);
  }

  @Override
  public synchronized void tick(Snapshot snapshot) {
    ticks++;
    if (terminal) {
      String line = snapshot.line();
      out.print("\r" + (line.length() > WIDTH ? line.substring(0, WIDTH) : padded(line)));
      out.flush();
      drawn = true;
    } else if (ticks % PLAIN_EVERY == 0) {
      out.println(snapshot.line());
    }
  }

  @Override
  public synchronized void note(String line) {
    if (drawn) {
      out.println();
      drawn = false;
    }
    out.println(line);
  }

  private static String padded(String line) {
    return line + " ".repeat(WIDTH - line.length());
  }
}
