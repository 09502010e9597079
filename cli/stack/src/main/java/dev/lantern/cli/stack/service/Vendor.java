package dev.lantern.cli.stack.service;

import dev.lantern.cli.stack.detour.Detour;
import dev.lantern.cli.stack.engine.EngineSet;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.process.JavaLaunch.Program;
import dev.lantern.cli.stack.process.Launch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The reference downstream as a part, for trials that give things. It is not quite well by itself:
/// a few of its answers are lost, late, "come again" or refusals.
public final class Vendor {
  public static final String NAME = Detour.VENDOR.part();
  private static final Program PROGRAM =
      new Program("proving/downstream", "dev.lantern.proving.downstream.Main");
  private static final String BEHAVIOUR =
      """
      delay_ms=20
      fail=100
      lose=200
      retry=200
      reject=200
      """;

  private final EngineSet stack;
  private final int port;

  public Vendor(EngineSet stack) {
    this.stack = stack;
    this.port = Detour.VENDOR.behind(stack.basePort());
  }

  public Part part() {
    return new Part(
        NAME,
        List.of(port),
        Set.of(),
        this::prepare,
        () -> stack.java().remember(PROGRAM, this::listens),
        Duration.ofSeconds(60),
        Duration.ofSeconds(10));
  }

  private Launch prepare() throws IOException {
    Path data = Files.createDirectories(stack.home().data().resolve(NAME));
    Files.writeString(data.resolve("behaviour"), BEHAVIOUR);
    return stack
        .java()
        .launch(
            PROGRAM,
            List.of("-Xms16m", "-Xmx48m", "-Xss512k"),
            List.of(data.toString(), Integer.toString(port), "stay"),
            data);
  }

  private boolean listens() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
