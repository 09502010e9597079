package dev.lantern.cli.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/// Kafka's log directory, formatted exactly once: a directory that holds `meta.properties` is left
/// alone, since formatting it anew would give the cluster another id and lose its topics.
record LogStorage(Path configuration, BrokerSettings settings) {
  void formatOnce() throws IOException {
    Path directory = settings.logDirectory();
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(directory);
    var said = new ByteArrayOutputStream();
    String[] command = {
      "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", configuration.toString()
    };
    try (var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      int code = StorageTool.execute(command, out);
      if (code != 0) {
        throw new IOException("formatting " + directory + " failed: " + said);
      }
    }
  }
}
