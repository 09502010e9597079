package dev.lantern.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.EngineSet;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.plan.Parts;
import dev.lantern.cli.stack.plan.Scale;
import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.cli.stack.process.ProcessIdentity;
import dev.lantern.cli.stack.supervise.PartStatus;
import dev.lantern.cli.stack.supervise.Phase;
import dev.lantern.cli.stack.supervise.StackState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The four engines under a real supervisor in a process of its own.
@Tag("engine")
class StackTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private int basePort;
  private Stack stack;

  @BeforeEach
  void makeStack() {
    basePort = FreePorts.base();
    stack = new Stack(Home.open(folder.resolve("home")), checkout());
  }

  @AfterEach
  void stopStack() {
    stack.down();
  }

  @Test
  void up_thenDown_leavesNothingRunningAndKeepsTheData() throws SQLException {
    StackState up = up();
    List<ProcessIdentity> processes = processes(up);
    assertThat(processes).hasSize(5).allMatch(ProcessIdentity::alive);
    execute("create table kept (id int primary key)");
    execute("insert into kept values (42)");

    stack.down();

    assertThat(processes).noneMatch(ProcessIdentity::alive);
    assertThat(stack.state()).isEmpty();
    assertThat(Engine.values()).allMatch(engine -> FreePorts.free(engine.port(basePort)));
    up();
    assertThat(count("select id from kept where id = 42")).isEqualTo(1);
  }

  @Test
  void crash_ofAnEngine_isRestarted() {
    ProcessIdentity first = part(up(), "redis-a").running().orElseThrow();

    first.handle().orElseThrow().destroyForcibly();

    Await.until(
        "redis-a is ready again",
        PATIENCE,
        () ->
            stack
                .state()
                .map(state -> part(state, "redis-a"))
                .filter(part -> part.restarts() == 1 && part.phase() == Phase.READY)
                .isPresent());
    ProcessIdentity second = part(stack.state().orElseThrow(), "redis-a").running().orElseThrow();
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void stopPart_isNotTakenForACrash_andStartBringsItBack() {
    up();

    stack.control().stop("redis-b");

    PartStatus stopped = part(stack.state().orElseThrow(), "redis-b");
    assertThat(stopped.running()).isEmpty();
    stack.control().start("redis-b");
    Await.until(
        "redis-b is ready again",
        PATIENCE,
        () ->
            part(stack.state().orElseThrow(), "redis-b").phase() == Phase.READY
                && part(stack.state().orElseThrow(), "redis-b").restarts() == 0);
  }

  @Test
  void down_afterTheSupervisorWasKilled_stopsWhatItStarted() {
    StackState up = up();
    List<ProcessIdentity> processes = processes(up);
    up.supervisor().handle().orElseThrow().destroyForcibly();
    Await.until("the supervisor is gone", PATIENCE, () -> !up.supervisor().alive());
    assertThat(part(up, "mariadb").running()).isPresent();

    stack.down();

    assertThat(processes).noneMatch(ProcessIdentity::alive);
  }

  @Test
  void down_ofAFrozenEngine_stillEndsIt() throws IOException, InterruptedException {
    StackState up = up();
    ProcessIdentity redis = part(up, "redis-a").running().orElseThrow();
    new ProcessBuilder("kill", "-STOP", Long.toString(redis.pid())).start().waitFor();
    Await.until("it is frozen", PATIENCE, redis::frozen);

    stack.down();

    assertThat(redis.alive()).isFalse();
  }

  @Test
  void up_withATakenPort_namesItsHolderAndLeavesNothing() throws IOException {
    int port = Engine.REDIS_A.port(basePort);
    try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();

      assertThatThrownBy(this::up)
          .isInstanceOf(StackException.class)
          .hasMessageContaining(Integer.toString(port))
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
    }

    assertThat(stack.state()).isEmpty();
    assertThat(FreePorts.free(Engine.MARIADB.port(basePort))).isTrue();
  }

  @Test
  void pidFile_ofAnotherLifeOfThePid_leadsToNoSignal() throws IOException {
    var self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    var earlier = new ProcessIdentity(self.pid(), self.startTicks() - 1, self.boot());
    Files.writeString(stack.home().run().resolve("mariadb.pid"), earlier.format());

    stack.down();

    assertThat(self.alive()).isTrue();
    assertThat(stack.home().run().resolve("mariadb.pid")).doesNotExist();
  }

  @Test
  void wipe_removesWhatTheStackKept_andNothingElse() throws IOException {
    up();
    Path foreign = Files.writeString(stack.home().root().resolve("letter.txt"), "not the stack's");
    assertThatThrownBy(stack::wipe).isInstanceOf(StackException.class);

    stack.down();
    stack.wipe();

    assertThat(foreign).exists();
    assertThat(stack.home().data()).doesNotExist();
    assertThat(stack.home().secrets()).doesNotExist();
  }

  private StackState up() {
    return stack.up(Parts.ENGINES, basePort, Scale.SMALLEST, _ -> {});
  }

  private static PartStatus part(StackState state, String name) {
    return state.part(name).orElseThrow();
  }

  private static List<ProcessIdentity> processes(StackState state) {
    var processes = new ArrayList<ProcessIdentity>();
    processes.add(state.supervisor());
    state.parts().forEach(part -> processes.add(part.running().orElseThrow()));
    return processes;
  }

  private void execute(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int count(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      int found = 0;
      while (rows.next()) {
        found++;
      }
      return found;
    }
  }

  private Connection connect() throws SQLException {
    var engines = EngineSet.at(stack.home(), basePort, checkout());
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:"
            + Engine.MARIADB.port(basePort)
            + "/lantern_order?sslMode=verify-full&serverSslCert="
            + engines.pki().authority(),
        Account.ORDER_CENTER.user(),
        engines.password(Account.ORDER_CENTER));
  }

  private static Path checkout() {
    return Path.of(System.getProperty("lantern.checkout", ".")).toAbsolutePath();
  }
}
