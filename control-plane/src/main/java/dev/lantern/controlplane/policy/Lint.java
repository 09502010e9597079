package dev.lantern.controlplane.policy;

import dev.lantern.controlplane.policy.Problem.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rules that would be taken without a word and not do what their author believes: that never act,
/// that another always forestalls, that allow more than was measured.
final class Lint {
  private Lint() {}

  static void check(Policy policy, Known known, List<Problem> problems) {
    for (Rule rule : policy.rules()) {
      neverActs(rule).ifPresent(why -> problems.add(Problem.at(rule, Code.NEVER_ACTS, why)));
      forestalled(rule, policy)
          .ifPresent(by ->
              problems.add(
                  Problem.at(
                      rule,
                      Code.SHADOWED,
                      by.id() + " always acts first: " + rule.id() + " never")));
      if (rule instanceof Rule.RateLimit limit) {
        ceiling(limit, policy, problems);
      }
    }
  }

  private static Optional<String> neverActs(Rule rule) {
    return switch (rule) {
      case Rule.EntryStage stage
          when stage.opening() instanceof Opening.Schedule schedule
              && schedule.steps().stream().allMatch(step -> step.share() == 0) ->
          Optional.of("no step lets anybody in");
      case Rule.Level level when level.settings().isEmpty() -> Optional.of("it sets no switch");
      case Rule.Route route
          when route.ceiling().isEmpty()
              && route.cache().isEmpty()
              && route.mirror().isEmpty()
              && route.ramp().isEmpty()
              && route.about().criticality() == Criticality.NORMAL ->
          Optional.of("it says nothing of its route that is not so anyway");
      case Rule.EntryStage _,
          Rule.RateLimit _,
          Rule.Frequency _,
          Rule.RandomDrop _,
          Rule.Degradation _,
          Rule.Switch _,
          Rule.Level _,
          Rule.Retry _,
          Rule.CircuitBreaker _,
          Rule.Route _ ->
          Optional.empty();
    };
  }

  /// The rule that makes this one idle. Of two alike the later is idle.
  private static Optional<Rule> forestalled(Rule rule, Policy policy) {
    var earlier = new ArrayList<Rule>();
    boolean seen = false;
    for (Rule other : policy.rules()) {
      if (other == rule) {
        seen = true;
      } else if (forestalls(other, rule, !seen)) {
        earlier.add(other);
      }
    }
    return earlier.stream().findFirst();
  }

  private static boolean forestalls(Rule other, Rule rule, boolean comesFirst) {
    if (other.shadow() || rule.shadow()) {
      return false;
    }
    return switch (rule) {
      case Rule.RateLimit loose when other instanceof Rule.RateLimit tight ->
          tighter(tight, loose, comesFirst);
      case Rule.Frequency loose when other instanceof Rule.Frequency tight ->
          tighter(tight, loose, comesFirst);
      case Rule.RateLimit _, Rule.Frequency _, Rule.Switch _, Rule.Level _ -> false;
      case Rule.EntryStage _,
          Rule.RandomDrop _,
          Rule.Degradation _,
          Rule.Retry _,
          Rule.CircuitBreaker _,
          Rule.Route _ ->
          comesFirst && saysTheSame(other, rule);
    };
  }

  /// Whether the first of them leaves nothing for the second.
  private static boolean saysTheSame(Rule one, Rule two) {
    return switch (two) {
      case Rule.Degradation late when one instanceof Rule.Degradation first ->
          first.switchName().equals(late.switchName()) && first.routes().containsAll(late.routes());
      case Rule.Route late when one instanceof Rule.Route first ->
          first.route().equals(late.route());
      case Rule.Retry late when one instanceof Rule.Retry first ->
          first.service().equals(late.service());
      case Rule.CircuitBreaker late when one instanceof Rule.CircuitBreaker first ->
          first.service().equals(late.service());
      case Rule.EntryStage late when one instanceof Rule.EntryStage first ->
          first.match().equals(late.match()) && first.round() == late.round();
      case Rule.RandomDrop late when one instanceof Rule.RandomDrop first ->
          first.switchName().equals(late.switchName()) && first.match().equals(late.match());
      case Rule _ -> false;
    };
  }

  private static boolean tighter(Rule.Frequency tight, Rule.Frequency loose, boolean comesFirst) {
    return tight.match().equals(loose.match())
        && tight.perUser() == loose.perUser()
        && noMore(
            tight.rate().perSecond(),
            (double) tight.burst(),
            loose.rate().perSecond(),
            (double) loose.burst(),
            comesFirst);
  }

  /// A limit for some of the time forestalls none that holds always.
  private static boolean tighter(Rule.RateLimit tight, Rule.RateLimit loose, boolean comesFirst) {
    return tight.match().equals(loose.match())
        && tight.sharing() == loose.sharing()
        && (tight.onlyWhile().isEmpty() || tight.onlyWhile().equals(loose.onlyWhile()))
        && noMore(
            tight.rate().perSecond(),
            tight.rate().perSecond() * tight.burst().toMillis(),
            loose.rate().perSecond(),
            loose.rate().perSecond() * loose.burst().toMillis(),
            comesFirst);
  }

  private static boolean noMore(
      double rate, double burst, double otherRate, double otherBurst, boolean comesFirst) {
    boolean alike = rate == otherRate && burst == otherBurst;
    return rate <= otherRate && burst <= otherBurst && (!alike || comesFirst);
  }

  private static void ceiling(Rule.RateLimit limit, Policy policy, List<Problem> problems) {
    policy
        .route(limit.route())
        .flatMap(Rule.Route::ceiling)
        .filter(ceiling -> limit.rate().perSecond() > ceiling.rate().perSecond())
        .ifPresent(ceiling ->
            problems.add(
                Problem.at(
                    limit,
                    Code.ABOVE_CEILING,
                    "%s is more than the %s that %s was measured to take on %s (%s)"
                        .formatted(
                            limit.rate(),
                            ceiling.rate(),
                            limit.route(),
                            ceiling.measured(),
                            ceiling.how()))));
  }
}
