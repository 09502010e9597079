package dev.lantern.proving.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// One fault to one part, or to several at once.
///
/// @param target as the command line names it
/// @param hit the prefixes of the stack's names for them; the first part that has one is hit
/// @param pause how long a freeze lasts
/// @param goesOn whether orders must be accepted all the while, not only afterwards
public record ChaosCase(
    String target, List<String> hit, Fault fault, Duration pause, boolean goesOn) {
  /// Longer than a takeover (6 s) and than the server's patience with an idle transaction (5 s).
  private static final Duration SETTLE_PAUSE = Duration.ofSeconds(9);

  /// Longer than a lease (10 s) with its margin: whoever is thawed then must not spend it.
  private static final Duration API_PAUSE = Duration.ofSeconds(16);

  /// Long enough for users to come, be refused for the moments until the breakers have opened and
  /// everyone knows, and to be served.
  private static final Duration WEAK_PAUSE = Duration.ofSeconds(24);

  private static final Duration PAUSE = Duration.ofSeconds(5);

  /// All there are, in the order in which they are run.
  public static final List<ChaosCase> ALL =
      List.of(
          new ChaosCase("settle", "order-settle-", Fault.KILL, Duration.ZERO),
          new ChaosCase("settle", "order-settle-", Fault.FREEZE, SETTLE_PAUSE),
          new ChaosCase("api", "order-api-", Fault.KILL, Duration.ZERO),
          new ChaosCase("api", "order-api-", Fault.FREEZE, API_PAUSE),
          new ChaosCase("kafka", "kafka", Fault.KILL, Duration.ZERO),
          new ChaosCase("kafka", "kafka", Fault.FREEZE, PAUSE),
          new ChaosCase("redis-a", "redis-a", Fault.KILL, Duration.ZERO),
          new ChaosCase("redis-a", "redis-a", Fault.FREEZE, PAUSE),
          new ChaosCase("redis-b", "redis-b", Fault.KILL, Duration.ZERO),
          new ChaosCase("redis-b", "redis-b", Fault.FREEZE, PAUSE),
          new ChaosCase("mariadb", "mariadb", Fault.KILL, Duration.ZERO),
          new ChaosCase("mariadb", "mariadb", Fault.FREEZE, PAUSE),
          new ChaosCase(
              "weak",
              List.of("kafka", "redis-a", "token-service", "counter-service"),
              Fault.FREEZE,
              WEAK_PAUSE,
              true));

  ChaosCase(String target, String part, Fault fault, Duration pause) {
    this(target, List.of(part), fault, pause, false);
  }

  public ChaosCase {
    hit = List.copyOf(hit);
  }

  /// Those of the targets named; all for none. Throws IllegalArgumentException for an unknown one.
  public static List<ChaosCase> of(List<String> targets) {
    for (String target : targets) {
      if (ALL.stream().noneMatch(one -> one.target().equals(target))) {
        throw new IllegalArgumentException(
            "no target is called "
                + target
                + "; there are "
                + ALL.stream().map(ChaosCase::target).distinct().toList());
      }
    }
    return ALL.stream().filter(one -> targets.isEmpty() || targets.contains(one.target())).toList();
  }

  /// Whether what it hits takes no orders: those go on without it, and it is back once it has
  /// caught up with them. Whatever takes orders is back when it takes some again.
  boolean onlyBooks() {
    return target.equals("settle");
  }

  public String name() {
    return fault.name().toLowerCase(Locale.ROOT) + " " + target;
  }
}
