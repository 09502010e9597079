package dev.lantern.simulation.kernel;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One thread of a process, running only while it holds the baton.
public final class Actor {
  private final Life life;
  private final String name;
  private volatile @Nullable Thread thread;
  private volatile boolean holds;
  private boolean started;

  Actor(Life life, String name) {
    this.life = life;
    this.name = name;
  }

  public Life life() {
    return life;
  }

  public String name() {
    return name;
  }

  /// @param running whether that thread has been started
  void runsOn(Thread itsThread, boolean running) {
    thread = itsThread;
    started = running;
  }

  void giveBaton() {
    holds = true;
    Thread itsThread = Objects.requireNonNull(thread);
    if (started) {
      LockSupport.unpark(itsThread);
    } else {
      started = true;
      itsThread.start();
    }
  }

  /// Waits for the baton and takes it.
  void takeBaton() {
    while (!holds) {
      LockSupport.park(this);
    }
    holds = false;
  }
}
