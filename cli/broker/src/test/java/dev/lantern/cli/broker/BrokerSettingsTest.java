package dev.lantern.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerSettingsTest {
  @TempDir Path folder;

  @Test
  void read_whatTheStackRenders_isTaken() throws IOException {
    BrokerSettings settings = BrokerSettings.read(write(folder, ""));

    assertThat(settings.logDirectory()).isEqualTo(folder.resolve("data"));
    assertThat(settings.listeners()).contains("127.0.0.1:27713");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log.flush.interval.messages=2",
        "log.flush.interval.messages=",
        "auto.create.topics.enable=true",
        "listeners=PLAINTEXT://0.0.0.0:27713,CONTROLLER://127.0.0.1:27714",
        "listeners=PLAINTEXT://:27713"
      })
  void read_whatWouldWeakenAPromise_isRefused(String override) throws IOException {
    Path file = write(folder, override);

    assertThatThrownBy(() -> BrokerSettings.read(file))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Path write(Path folder, String override) throws IOException {
    String text =
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:27714
        listeners=PLAINTEXT://127.0.0.1:27713,CONTROLLER://127.0.0.1:27714
        advertised.listeners=PLAINTEXT://127.0.0.1:27713
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        inter.broker.listener.name=PLAINTEXT
        log.flush.interval.messages=1
        auto.create.topics.enable=false
        """;
    return Files.writeString(
        folder.resolve("kafka.properties"),
        text + "log.dirs=" + folder.resolve("data") + "\n" + override + "\n");
  }
}
