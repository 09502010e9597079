package dev.lantern.cli.stack.engine;

/// The engines the stack embeds, with their place among the ports.
public enum Engine {
  MARIADB("mariadb", 10),
  REDIS_A("redis-a", 11),
  REDIS_B("redis-b", 12),
  KAFKA("kafka", 13);

  /// Kafka's controller listens beside its broker.
  static final int KAFKA_CONTROLLER_OFFSET = 14;

  private final String part;
  private final int portOffset;

  Engine(String part, int portOffset) {
    this.part = part;
    this.portOffset = portOffset;
  }

  /// The name of its process, log and data directory.
  public String part() {
    return part;
  }

  /// Its port, counted from the stack's base port.
  public int port(int basePort) {
    return basePort + portOffset;
  }
}
