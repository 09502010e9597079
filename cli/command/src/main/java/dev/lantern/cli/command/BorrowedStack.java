package dev.lantern.cli.command;

import dev.lantern.cli.stack.Stack;
import dev.lantern.cli.stack.plan.Parts;
import dev.lantern.cli.stack.plan.Scale;
import dev.lantern.cli.stack.supervise.StackState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A stack for one trial: what does not run is started, and what this started is stopped in the
/// end, also when the trial is interrupted (Ctrl-C), unless it is to be kept.
final class BorrowedStack implements AutoCloseable {
  private final Stack stack;
  private final Thread onInterrupt = new Thread(this::giveBack);
  private boolean ours;

  private BorrowedStack(Stack stack, boolean ours) {
    this.stack = stack;
    this.ours = ours;
  }

  /// The stack of this place with at least that many instances; those not asked for stay as they
  /// are, one each if nothing runs.
  static BorrowedStack of(Place place, @Nullable Integer api, @Nullable Integer settle) {
    Stack stack = place.stack();
    Optional<StackState> before = stack.state();
    var scale =
        new Scale(
            api != null ? api : count(before, "order-api-"),
            settle != null ? settle : count(before, "order-settle-"));
    var borrowed = new BorrowedStack(stack, before.isEmpty());
    Runtime.getRuntime().addShutdownHook(borrowed.onInterrupt);
    var progress = new UpProgress(place);
    stack.up(Parts.ALL, place.basePort(), scale, progress::show);
    progress.done();
    return borrowed;
  }

  /// A stack of this plan, one instance each, where none runs.
  static BorrowedStack of(Place place, String plan) {
    var borrowed = new BorrowedStack(place.stack(), true);
    Runtime.getRuntime().addShutdownHook(borrowed.onInterrupt);
    var progress = new UpProgress(place);
    borrowed.stack.up(plan, place.basePort(), Scale.SMALLEST, progress::show);
    progress.done();
    return borrowed;
  }

  Stack stack() {
    return stack;
  }

  /// It stays up.
  synchronized void keep() {
    ours = false;
  }

  @Override
  public void close() {
    giveBack();
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // Ending already: the hook has done, or waits for, the same.
    }
  }

  private synchronized void giveBack() {
    if (ours) {
      ours = false;
      stack.down();
    }
  }

  private static int count(Optional<StackState> state, String prefix) {
    long found =
        state.stream()
            .flatMap(running -> running.parts().stream())
            .filter(part -> part.name().startsWith(prefix))
            .count();
    return Math.max(1, (int) found);
  }
}
