package dev.lantern.ordercenter.weak;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which weak dependencies this instance uses now: those that no operator has switched off and no
/// breaker of its own.
public final class Dependencies {
  private static final Logger LOG = LoggerFactory.getLogger(Dependencies.class);

  /// What accepting goes by.
  private static final Set<OrderSwitch> ACCEPTING =
      Set.of(OrderSwitch.QUEUE, OrderSwitch.REDIS, OrderSwitch.TOKENS);

  private final Set<OrderSwitch> mine;
  private final Predicate<OrderSwitch> operator;
  private final Clock clock;
  private final Map<OrderSwitch, Breaker> breakers = new EnumMap<>(OrderSwitch.class);

  /// Who switched a dependency off.
  public enum Source {
    OPERATOR,
    BREAKER
  }

  /// Those that accepting goes by; all closed.
  ///
  /// @param operator whether a switch is on as far as operators are concerned
  public Dependencies(Predicate<OrderSwitch> operator, BreakerTerms terms, Clock clock) {
    this(ACCEPTING, operator, terms, clock);
  }

  /// The same for a role that goes by other switches.
  public Dependencies(
      Set<OrderSwitch> mine, Predicate<OrderSwitch> operator, BreakerTerms terms, Clock clock) {
    this.mine = Set.copyOf(mine);
    this.operator = operator;
    this.clock = clock;
    Moment now = clock.now();
    for (OrderSwitch one : mine) {
      if (one.breakers() == OrderSwitch.Breakers.ONE) {
        breakers.put(one, new Breaker(terms, now));
      }
    }
  }

  /// The switches that this instance goes by.
  public Set<OrderSwitch> mine() {
    return mine;
  }

  public boolean uses(OrderSwitch dependency) {
    return offBy(dependency).isEmpty();
  }

  /// Who has switched it off; empty while it is on.
  public Optional<Source> offBy(OrderSwitch dependency) {
    boolean byOperator =
        !operator.test(dependency) || (dependency.isWeak() && !operator.test(OrderSwitch.WEAK));
    if (byOperator) {
      return Optional.of(Source.OPERATOR);
    }
    Breaker breaker = breakers.get(dependency);
    return breaker == null || breaker.state() == Breaker.State.CLOSED
        ? Optional.empty()
        : Optional.of(Source.BREAKER);
  }

  /// Throws unless it is used; what health reports under the switch's name.
  public void check(OrderSwitch dependency) {
    offBy(dependency)
        .ifPresent(source -> {
          throw new IllegalStateException("switched off by the " + source);
        });
  }

  /// A call of a user's to it went well.
  public void succeeded(OrderSwitch dependency) {
    breaker(dependency).succeeded(clock.now());
  }

  /// A call of a user's to it failed, or was late.
  public void failed(OrderSwitch dependency) {
    Breaker breaker = breaker(dependency);
    Breaker.State before = breaker.state();
    breaker.failed(clock.now());
    tell(dependency, before, breaker.state());
  }

  /// Probes it if its breaker wants that. Called about twice a second by one thread, apart from
  /// those of other dependencies, since a probe may hang until its own deadline.
  ///
  /// @param probe returns when the dependency is well, else throws
  public void tick(OrderSwitch dependency, Runnable probe) {
    Breaker breaker = breaker(dependency);
    Breaker.State before = breaker.state();
    if (!breaker.wantsProbe(clock.now())) {
      return;
    }
    boolean well = false;
    try {
      probe.run();
      well = true;
    } catch (RuntimeException still) {
      LOG.debug("{} is still not well", dependency.id(), still);
    }
    breaker.probed(well, clock.now());
    tell(dependency, before, breaker.state());
  }

  private static void tell(OrderSwitch dependency, Breaker.State before, Breaker.State now) {
    if (before == Breaker.State.CLOSED && now == Breaker.State.OPEN) {
      LOG.warn(
          "{} is switched off by its breaker: {} fails", dependency.id(), dependency.removes());
    } else if (before != Breaker.State.CLOSED && now == Breaker.State.CLOSED) {
      LOG.info("{} is on again: {} is well", dependency.id(), dependency.removes());
    }
  }

  private Breaker breaker(OrderSwitch dependency) {
    Breaker breaker = breakers.get(dependency);
    if (breaker == null) {
      throw new IllegalArgumentException(dependency + " has no breaker");
    }
    return breaker;
  }
}
