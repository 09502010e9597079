package dev.lantern.cli.stack.supervise;

import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.process.ProcessIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Every part's status, for the keepers to wait on each other and for `state.json`.
final class Board {
  private final Home home;
  private final ProcessIdentity supervisor;
  private final String plan;
  private final int basePort;
  private final Map<String, PartStatus> parts = new LinkedHashMap<>();
  private int controlPort;

  Board(Home home, ProcessIdentity supervisor, String plan, int basePort) {
    this.home = home;
    this.supervisor = supervisor;
    this.plan = plan;
    this.basePort = basePort;
  }

  synchronized void controlledAt(int port) {
    controlPort = port;
    publish();
  }

  synchronized void add(Part part) {
    parts.put(
        part.name(),
        new PartStatus(
            part.name(), Phase.WAITING, "", part.ports(), null, 0, System.currentTimeMillis(), 0));
    publish();
  }

  synchronized void remove(String name) {
    parts.remove(name);
    publish();
  }

  synchronized void phase(String name, Phase phase, String detail) {
    change(name, status -> status.in(phase, detail, System.currentTimeMillis()));
    System.out.println(
        Instant.now() + " " + name + " " + phase + (detail.isEmpty() ? "" : ": " + detail));
  }

  synchronized void change(String name, UnaryOperator<PartStatus> change) {
    parts.computeIfPresent(name, (_, status) -> change.apply(status));
    publish();
  }

  synchronized StackState state() {
    return new StackState(supervisor, plan, basePort, controlPort, new ArrayList<>(parts.values()));
  }

  /// Waits until all the named parts that are on the board are ready; false once it is no longer
  /// wanted (or a part needed was given up).
  synchronized boolean awaitReady(Set<String> names, BooleanSupplier wanted)
      throws InterruptedException {
    while (wanted.getAsBoolean()) {
      if (names.stream().map(parts::get).allMatch(Board::readyOrAbsent)) {
        return true;
      }
      wait(1_000);
    }
    return false;
  }

  /// Wakes whoever waits, to look again whether it is still wanted.
  synchronized void wake() {
    notifyAll();
  }

  /// The names in the order in which they were added.
  synchronized List<String> names() {
    return List.copyOf(parts.keySet());
  }

  private static boolean readyOrAbsent(@Nullable PartStatus status) {
    return status == null || status.phase() == Phase.READY;
  }

  private void publish() {
    state().write(home);
    notifyAll();
  }
}
