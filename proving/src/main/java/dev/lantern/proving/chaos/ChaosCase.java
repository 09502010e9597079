package dev.lantern.proving.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// One fault to one part, or to several at once.
///
/// @param target as the command line names it
/// @param hit the prefixes of the stack's names for them; the first part that has one is hit
/// @param pause how long a freeze, a cut, a slowness lasts
/// @param goesOn whether orders must be accepted all the while, not only afterwards
public record ChaosCase(
    String target, List<String> hit, Fault fault, Duration pause, boolean goesOn) {
  /// Longer than a takeover (6 s) and than the server's patience with an idle transaction (5 s).
  private static final Duration SETTLE_PAUSE = Duration.ofSeconds(9);

  /// Longer than a lease (10 s) with its margin: whoever is thawed then must not spend it.
  private static final Duration API_PAUSE = Duration.ofSeconds(16);

  /// Long enough for users to come, be refused for the moments until the breakers have opened and
  /// everyone knows, and to be served.
  static final Duration WEAK_PAUSE = Duration.ofSeconds(24);

  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final List<String> WEAK =
      List.of("kafka", "redis-a", "token-service", "counter-service");

  /// Those of a stack of its usual parts, in the order in which they are run.
  public static final List<ChaosCase> ALL =
      List.of(
          one("settle", "order-settle-", Fault.KILL),
          one("settle", "order-settle-", Fault.FREEZE),
          one("api", "order-api-", Fault.KILL),
          one("api", "order-api-", Fault.FREEZE),
          one("kafka", "kafka", Fault.KILL),
          one("kafka", "kafka", Fault.FREEZE),
          one("redis-a", "redis-a", Fault.KILL),
          one("redis-a", "redis-a", Fault.FREEZE),
          one("redis-b", "redis-b", Fault.KILL),
          one("redis-b", "redis-b", Fault.FREEZE),
          one("mariadb", "mariadb", Fault.KILL),
          one("mariadb", "mariadb", Fault.FREEZE),
          new ChaosCase("weak", WEAK, Fault.FREEZE, WEAK_PAUSE, true));

  public ChaosCase {
    hit = List.copyOf(hit);
  }

  /// One part.
  static ChaosCase one(String target, String part, Fault fault) {
    return new ChaosCase(target, List.of(part), fault, pause(target, fault), false);
  }

  private static Duration pause(String target, Fault fault) {
    return switch (fault) {
      case KILL, RESTART, FULL -> Duration.ZERO;
      case CUT, SLOW -> PAUSE;
      case FREEZE ->
          switch (target) {
            case "settle" -> SETTLE_PAUSE;
            case "api" -> API_PAUSE;
            default -> PAUSE;
          };
    };
  }

  /// Those of the targets named; all for none. Throws IllegalArgumentException for an unknown one.
  public static List<ChaosCase> of(List<String> targets) {
    return Choice.of(ALL, targets, List.of());
  }

  /// Whether what it hits takes no orders: those go on without it, and it is back once it has
  /// caught up with them. Whatever takes orders is back when it takes some again.
  boolean onlyBooks() {
    return target.equals("settle");
  }

  /// Whether things must have caught up, too.
  boolean hitsVendor() {
    return hit.contains(OrderCenterCases.VENDOR);
  }

  public String name() {
    return fault.name().toLowerCase(Locale.ROOT) + " " + target;
  }
}
