package dev.lantern.cli.stack.supervise;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.part.Starting;
import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.cli.stack.port.PortHolder;
import dev.lantern.cli.stack.port.TakenPort;
import dev.lantern.cli.stack.process.ProcessIdentity;
import dev.lantern.cli.stack.process.Processes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The life of one part: wait for what it needs, start it, watch it, start it again when it ends
/// unasked. Runs on a thread of its own; [#want] is how others steer it.
///
/// A part that never answered is given up after three tries, since that is a wrong configuration,
/// not a crash; one that has served is brought back for as long as it is wanted. A frozen process
/// is left alone: it has not ended, and whether it should is for an operator (or an experiment) to
/// say.
final class PartKeeper implements Runnable {
  /// What others want of the part.
  enum Wish {
    RUN,
    REST,
    /// Rest, and end this keeper.
    END
  }

  private static final int FIRST_TRIES = 3;
  private static final long PORT_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long IDLE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Part part;
  private final Processes processes;
  private final Board board;
  private final Backoff backoff;
  private Wish wish = Wish.RUN;
  private boolean living;
  private boolean launched;
  private boolean everServed;
  private int tries;

  PartKeeper(Part part, Processes processes, Board board, Backoff backoff) {
    this.part = part;
    this.processes = processes;
    this.board = board;
    this.backoff = backoff;
  }

  Part part() {
    return part;
  }

  /// Says what is wanted. A running part that is to rest is stopped before this returns, and its
  /// keeper knows that it was: a start right after it is not taken for a crash.
  void want(Wish next) {
    synchronized (this) {
      wish = wish == Wish.END ? Wish.END : next;
      if (next == Wish.RUN) {
        tries = 0;
        backoff.reset();
      }
      notifyAll();
    }
    board.wake();
    if (next != Wish.RUN) {
      processes
          .find(part.name())
          .ifPresent(process -> {
            board.phase(part.name(), Phase.STOPPING, "");
            processes.stop(part.name(), process, part.stopGrace());
          });
      awaitIdle();
    }
  }

  /// A part that is only just being prepared notices when it is; that is not waited for endlessly.
  private synchronized void awaitIdle() {
    long deadline = System.nanoTime() + IDLE_PATIENCE_NANOS;
    try {
      long left = IDLE_PATIENCE_NANOS;
      while (living && left > 0) {
        wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    try {
      while (awaitWishToRun()) {
        if (board.awaitReady(part.after(), this::wanted) && comesToLife()) {
          try {
            live();
          } finally {
            goesIdle();
          }
        } else {
          board.phase(part.name(), Phase.STOPPED, "");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      board.phase(part.name(), Phase.STOPPED, "");
    }
  }

  private void live() throws InterruptedException {
    long began = System.nanoTime();
    Optional<StackException> trouble = runUntilItEnds();
    processes.forget(part.name());
    board.change(part.name(), status -> status.as(null));
    if (!wanted()) {
      board.phase(part.name(), Phase.STOPPED, "");
      return;
    }
    String why = trouble.map(it -> it.getMessage() + "\n" + it.remedy()).orElse("it ended");
    tries++;
    if (!everServed && (!launched || tries >= FIRST_TRIES)) {
      giveUp(why);
      return;
    }
    board.change(part.name(), PartStatus::restarted);
    Duration pause = backoff.after(Duration.ofNanos(System.nanoTime() - began));
    board.phase(part.name(), Phase.BACKING_OFF, why);
    pause(pause);
  }

  private Optional<StackException> runUntilItEnds() throws InterruptedException {
    try {
      long began = System.nanoTime();
      board.phase(part.name(), Phase.PREPARING, "");
      launched = false;
      refuseTakenPorts();
      if (!wanted()) {
        return Optional.empty();
      }
      ProcessIdentity process = Starting.launch(part, processes);
      launched = true;
      board.change(part.name(), status -> status.as(process));
      board.phase(part.name(), Phase.STARTING, "");
      if (!wanted()) {
        processes.stop(part.name(), process, part.stopGrace());
        return Optional.empty();
      }
      Starting.awaitReady(part, process, processes);
      everServed = true;
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      board.change(part.name(), status -> status.startedIn(took));
      board.phase(part.name(), Phase.READY, "");
      process.handle().ifPresent(handle -> handle.onExit().join());
      return Optional.empty();
    } catch (StackException e) {
      // A part that is too slow still runs: it must not linger under the next try.
      processes
          .find(part.name())
          .ifPresent(process -> processes.stop(part.name(), process, part.stopGrace()));
      return Optional.of(e);
    } catch (RuntimeException | OutOfMemoryError e) {
      e.printStackTrace(System.out);
      return Optional.of(
          new StackException(
              part.name() + " cannot be started: " + e,
              "that is a defect of the supervisor; its log has the trace",
              e));
    }
  }

  private void refuseTakenPorts() throws InterruptedException {
    for (int port : part.ports()) {
      long deadline = System.nanoTime() + PORT_PATIENCE_NANOS;
      while (!FreePorts.free(port)) {
        if (System.nanoTime() - deadline > 0) {
          throw TakenPort.error(part.name(), port, PortHolder.of(port));
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private synchronized void giveUp(String why) {
    board.phase(part.name(), Phase.FAILED, why);
    wish = wish == Wish.RUN ? Wish.REST : wish;
  }

  private synchronized boolean comesToLife() {
    living = wish == Wish.RUN;
    return living;
  }

  private synchronized void goesIdle() {
    living = false;
    notifyAll();
  }

  private synchronized boolean wanted() {
    return wish == Wish.RUN;
  }

  private synchronized boolean awaitWishToRun() throws InterruptedException {
    while (wish == Wish.REST) {
      wait();
    }
    return wish == Wish.RUN;
  }

  private synchronized void pause(Duration pause) throws InterruptedException {
    long deadline = System.nanoTime() + pause.toNanos();
    long left = pause.toMillis();
    while (wish == Wish.RUN && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }
}
