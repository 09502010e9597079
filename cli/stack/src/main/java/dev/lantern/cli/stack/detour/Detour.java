package dev.lantern.cli.stack.detour;

/// One way round: who goes it, where it begins, where it must lead to. Ports are counted from the
/// stack's base port; what listens where a detour begins is no part of the stack.
public enum Detour {
  MARIADB("mariadb", "order-center", "mariadb.port", 60, 10),
  REDIS_A("redis-a", "order-center", "redis-a.port", 61, 11),
  /// order-center does not use it; the counters it reports to do.
  REDIS_B("redis-b", "counter-service", "redis-b.port", 62, 12),
  /// Leads to a listener of its own: Kafka's answers name the address at which its clients go on,
  /// and those who came by the detour must be told the detour's.
  KAFKA("kafka", "order-center", "kafka.port", 63, 70),
  TOKEN_SERVICE("token-service", "order-center", "token.port", 64, 31),
  COUNTER_SERVICE("counter-service", "order-center", "counter.port", 65, 32),
  /// The feed of switches.
  CONTROL_PLANE("control-plane", "order-center", "xds.port", 66, 40),
  /// Between the mesh and the first instance of order-center's api.
  ORDER_API("order-api-1", "control-plane", "api.port", 67, 21),
  /// Who gives what is not money.
  VENDOR("vendor", "order-center", "vendor.port", 68, 69);

  private final String part;
  private final String taker;
  private final String key;
  private final int offset;
  private final int behind;

  Detour(String part, String taker, String key, int offset, int behind) {
    this.part = part;
    this.taker = taker;
    this.key = key;
    this.offset = offset;
    this.behind = behind;
  }

  /// The part it leads to.
  public String part() {
    return part;
  }

  /// The identity of those who go it.
  public String taker() {
    return taker;
  }

  /// What their configuration calls the port.
  public String key() {
    return key;
  }

  /// Where it begins.
  public int port(int basePort) {
    return basePort + offset;
  }

  /// Where it must lead to.
  public int behind(int basePort) {
    return basePort + behind;
  }
}
