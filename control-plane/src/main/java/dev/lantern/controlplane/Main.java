package dev.lantern.controlplane;

import dev.lantern.runtime.server.Launch;

/// `java … dev.lantern.controlplane.Main --config FILE`
public final class Main {
  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Launch.run("control-plane", ControlPlaneConfig.class, args, Wiring::start);
  }
}
