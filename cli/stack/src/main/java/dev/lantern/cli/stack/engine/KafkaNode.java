package dev.lantern.cli.stack.engine;

import dev.lantern.cli.stack.detour.Detour;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.PrivateFiles;
import dev.lantern.cli.stack.home.Template;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.process.JavaLaunch;
import dev.lantern.cli.stack.process.JavaLaunch.Program;
import dev.lantern.cli.stack.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One Kafka node (KRaft: broker and controller) in a JVM of its own, with the class path that the
/// broker module's build wrote.
final class KafkaNode {
  private static final Program PROGRAM =
      new Program("cli/broker", "dev.lantern.cli.broker.BrokerMain");

  private final Home home;
  private final JavaLaunch java;
  private final int port;
  private final int controllerPort;
  private final int basePort;

  KafkaNode(Home home, JavaLaunch java, int basePort) {
    this.home = home;
    this.java = java;
    this.port = Engine.KAFKA.port(basePort);
    this.basePort = basePort;
    this.controllerPort = basePort + Engine.KAFKA_CONTROLLER_OFFSET;
  }

  Part part() {
    return new Part(
        Engine.KAFKA.part(),
        List.of(port, controllerPort, Detour.KAFKA.behind(basePort)),
        Set.of(),
        this::prepare,
        this::serves,
        Duration.ofSeconds(90),
        Duration.ofSeconds(20));
  }

  private boolean serves() {
    return java.remember(PROGRAM, new KafkaProbe(port)::serves);
  }

  private Launch prepare() throws IOException {
    Path data = Files.createDirectories(home.data().resolve(Engine.KAFKA.part()));
    Path file = home.conf().resolve("kafka.properties");
    PrivateFiles.write(
        file,
        Template.resource(KafkaNode.class, "kafka.properties")
            .fill(
                Map.of(
                    "port", port,
                    "controllerPort", controllerPort,
                    "behindDetour", Detour.KAFKA.behind(basePort),
                    "detour", Detour.KAFKA.port(basePort),
                    "data", data)));
    return java.launch(
        PROGRAM, List.of("-Xms64m", "-Xmx320m"), List.of("--config", file.toString()), data);
  }
}
