package dev.lantern.controlplane.check;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Problem;
import dev.lantern.controlplane.policy.Problem.Code;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.resources.Consistency;
import dev.lantern.controlplane.resources.GroupResources;
import dev.lantern.controlplane.resources.Limits;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What Envoy takes without a word and then does not do: filters that are named and not there,
/// limiters of which nought per cent are enabled or enforced (Envoy's own defaults), resources that
/// name what is missing.
final class ResourceLint {
  private ResourceLint() {}

  static List<Problem> problems(GroupResources resources, Policy policy) {
    var problems = new ArrayList<Problem>();
    for (Consistency.Fault fault : Consistency.faults(resources)) {
      Code code = fault.silent() ? Code.NO_SUCH_FILTER : Code.INCONSISTENT;
      problems.add(new Problem("", 0, code, fault.message()));
    }
    for (TypedExtensionConfig extension : resources.extensions()) {
      if (extension.getTypedConfig().is(LocalRateLimit.class)) {
        Optional<Rule.RateLimit> rule =
            policy.limits().stream()
                .filter(limit -> Limits.filterName(limit).equals(extension.getName()))
                .findFirst();
        idle(limiter(extension), rule)
            .map(why -> problem(rule, extension.getName() + ": " + why))
            .ifPresent(problems::add);
      }
    }
    return problems;
  }

  private static Problem problem(Optional<Rule.RateLimit> rule, String message) {
    return rule.map(limit -> Problem.at(limit, Code.ZERO_PERCENT, message))
        .orElseGet(() -> new Problem("", 0, Code.ZERO_PERCENT, message));
  }

  private static Optional<String> idle(LocalRateLimit limiter, Optional<Rule.RateLimit> rule) {
    if (nought(limiter.getFilterEnabled())) {
      return Optional.of("it counts nothing: filter_enabled is 0 %");
    }
    boolean meant =
        rule.filter(limit -> limit.shadow() || limit.onlyWhile().isPresent()).isPresent();
    return nought(limiter.getFilterEnforced()) && !meant
        ? Optional.of("it refuses nobody: filter_enforced is 0 %")
        : Optional.empty();
  }

  /// Left out is nought, too.
  private static boolean nought(RuntimeFractionalPercent share) {
    return share.getDefaultValue().getNumerator() == 0;
  }

  private static LocalRateLimit limiter(TypedExtensionConfig extension) {
    try {
      return extension.getTypedConfig().unpack(LocalRateLimit.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(extension.getName(), e);
    }
  }
}
