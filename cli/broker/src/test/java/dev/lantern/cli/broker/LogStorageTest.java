package dev.lantern.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStorageTest {
  @TempDir Path folder;

  @Test
  void formatOnce_aSecondTime_keepsTheClustersId() throws IOException {
    Path file = BrokerSettingsTest.write(folder, "");
    var storage = new LogStorage(file, BrokerSettings.read(file));
    storage.formatOnce();
    Path properties = folder.resolve("data/meta.properties");
    String first = Files.readString(properties);
    assertThat(first).contains("cluster.id");

    storage.formatOnce();

    assertThat(properties).hasContent(first);
  }
}
