package dev.lantern.cli.stack.part;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.process.ProcessIdentity;
import dev.lantern.cli.stack.process.Processes;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One start of one part, from its preparation to its first answer.
public final class Starting {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int TAIL_LINES = 12;

  private Starting() {}

  /// Prepares it and starts its process.
  public static ProcessIdentity launch(Part part, Processes processes) throws InterruptedException {
    try {
      return processes.start(part.name(), part.preparation().prepare());
    } catch (IOException e) {
      throw new StackException(
          part.name() + " cannot be prepared: " + e.getMessage(),
          "is there space on the disk, and may you write there? `lantern doctor` looks",
          e);
    }
  }

  /// Returns when the part serves; a process that ends before, or is still silent after its time,
  /// is an error that carries the end of its log.
  public static void awaitReady(Part part, ProcessIdentity process, Processes processes)
      throws InterruptedException {
    long deadline = System.nanoTime() + part.readyWithin().toNanos();
    while (!part.probe().serves()) {
      if (!process.alive()) {
        throw failed(part, "ended while starting", processes);
      }
      if (System.nanoTime() - deadline > 0) {
        throw failed(
            part, "did not serve within " + part.readyWithin().toSeconds() + " s", processes);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    if (!process.alive()) {
      // Something answered on the port, but not what we started.
      throw failed(part, "ended while another process answers on its port", processes);
    }
  }

  private static StackException failed(Part part, String how, Processes processes) {
    String tail = String.join("\n  ", processes.logs().tail(part.name(), TAIL_LINES));
    return new StackException(
        part.name() + " " + how + (tail.isEmpty() ? "" : "; the end of its log:\n  " + tail),
        "the whole log is " + processes.logs().of(part.name()));
  }
}
