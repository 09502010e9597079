package dev.lantern.cli.stack.supervise;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.plan.Parts;
import dev.lantern.cli.stack.plan.Scale;
import dev.lantern.cli.stack.plan.StackPlan;
import dev.lantern.cli.stack.process.ProcessIdentity;
import dev.lantern.cli.stack.process.Processes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The supervisor's process: `SupervisorMain HOME CHECKOUT BASE_PORT API SETTLE PARTS`.
///
/// Ends when told to stop all, or by SIGTERM, in both cases after everything it started. Exit
/// codes: 0 ended so, 3 another supervisor holds this home.
public final class SupervisorMain {
  private SupervisorMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Home home = Home.open(Path.of(args[0]));
    try (var channel =
            FileChannel.open(
                home.run().resolve("supervisor.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      if (lock == null) {
        System.out.println("another supervisor runs at " + home.root());
        System.exit(3);
      }
      int basePort = Integer.parseInt(args[2]);
      var scale = new Scale(Integer.parseInt(args[3]), Integer.parseInt(args[4]));
      StackPlan plan = Parts.named(args[5], home, Path.of(args[1]), basePort);
      supervise(home, plan, new Board(home, self(), args[5], basePort), scale);
    }
  }

  private static ProcessIdentity self() {
    return ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
  }

  private static void supervise(Home home, StackPlan plan, Board board, Scale scale)
      throws IOException, InterruptedException {
    var supervisor = new Supervisor(new Processes(home), board, RandomGenerator.getDefault());
    try (var control =
        new ControlServer(
            new Secrets(home, new SecureRandom()), command -> obey(command, supervisor, plan))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAll(supervisor)));
      board.controlledAt(control.port());
      control.start();
      plan.parts(scale).forEach(supervisor::add);
      supervisor.awaitStopped();
    }
  }

  private static void obey(Command command, Supervisor supervisor, StackPlan plan)
      throws InterruptedException {
    switch (command.kind()) {
      case STOP_ALL -> supervisor.stopAll();
      case STOP -> supervisor.stop(required(command));
      case START -> supervisor.start(required(command));
      case SCALE -> rescale(supervisor, plan, new Scale(command.api(), command.settle()));
    }
  }

  private static void rescale(Supervisor supervisor, StackPlan plan, Scale scale) {
    List<Part> wanted = plan.parts(scale);
    Set<String> names = wanted.stream().map(Part::name).collect(Collectors.toSet());
    Set<String> before = supervisor.names();
    for (String name : before) {
      if (!names.contains(name)) {
        supervisor.remove(name);
      }
    }
    wanted.forEach(supervisor::add);
    if (!before.equals(names)) {
      for (String name : plan.knowTheScale()) {
        supervisor.stop(name);
        supervisor.start(name);
      }
    }
  }

  private static String required(Command command) {
    if (command.part() == null) {
      throw new StackException("no part was named", "name one, e.g. mariadb");
    }
    return command.part();
  }

  private static void stopAll(Supervisor supervisor) {
    try {
      supervisor.stopAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
