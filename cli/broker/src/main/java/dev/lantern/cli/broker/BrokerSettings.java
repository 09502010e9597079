package dev.lantern.cli.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// The node's properties as Kafka wants them, refused here if they would quietly weaken what an
/// acknowledgement means or lay the node open to the network.
///
/// Alone, a broker acknowledges out of the page cache; the accept log promises more (what was
/// acknowledged survives a power cut), so a node without a flush after each message does not start.
record BrokerSettings(Properties properties) {
  BrokerSettings {
    require(properties, "log.flush.interval.messages", "1");
    require(properties, "auto.create.topics.enable", "false");
    String listeners = properties.getProperty("listeners", "");
    for (String listener : listeners.split(",", -1)) {
      if (!listener.contains("://127.0.0.1:")) {
        throw new IllegalArgumentException(
            "listeners: the embedded node listens on 127.0.0.1 alone, not on '" + listener + "'");
      }
    }
  }

  static BrokerSettings read(Path file) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new BrokerSettings(properties);
  }

  String listeners() {
    return properties.getProperty("listeners");
  }

  Path logDirectory() {
    return Path.of(properties.getProperty("log.dirs"));
  }

  private static void require(Properties properties, String key, String value) {
    String found = properties.getProperty(key);
    if (!value.equals(found)) {
      throw new IllegalArgumentException(key + " must be " + value + ", found " + found);
    }
  }
}
