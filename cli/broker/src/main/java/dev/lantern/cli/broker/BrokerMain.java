package dev.lantern.cli.broker;

import java.io.IOException;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one Kafka node until it is told to stop (SIGTERM), then stops it cleanly.
///
/// Usage: `BrokerMain --config FILE.properties`. Exit codes: 0 stopped on request, 2 bad use, 3 the
/// node could not start (its log says why).
public final class BrokerMain {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerMain.class);

  private BrokerMain() {}

  public static void main(String[] args) {
    if (args.length != 2 || !args[0].equals("--config")) {
      System.err.println("usage: BrokerMain --config FILE.properties");
      System.exit(2);
    }
    try {
      run(Path.of(args[1]));
    } catch (IOException | RuntimeException e) {
      LOG.error("the Kafka node could not start", e);
      System.exit(3);
    }
  }

  private static void run(Path properties) throws IOException {
    BrokerSettings settings = BrokerSettings.read(properties);
    new LogStorage(properties, settings).formatOnce();
    var server = new KafkaRaftServer(new KafkaConfig(settings.properties(), false), Time.SYSTEM);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("kafka-stop").unstarted(server::shutdown));
    server.startup();
    LOG.info("the Kafka node is up: {}", settings.listeners());
    server.awaitShutdown();
  }
}
