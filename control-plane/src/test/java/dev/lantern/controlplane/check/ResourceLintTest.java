package dev.lantern.controlplane.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import dev.lantern.controlplane.envoy.StaticEdge;
import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.Criticality;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Problem;
import dev.lantern.controlplane.policy.Problem.Code;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.resources.GroupResources;
import dev.lantern.controlplane.resources.Limits;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What Envoy takes without a word.
final class ResourceLintTest {
  private static final Rule.RateLimit LIMIT =
      StaticEdge.grabLimit(100, Duration.ofSeconds(1), Duration.ofSeconds(1));

  @Test
  void limiterWithEnvoysOwnDefaults_limitsNobody_andIsReportedAtItsRule() {
    List<Problem> problems = problems(LIMIT, LocalRateLimit.getDefaultInstance());
    assertThat(problems).extracting(Problem::code).containsExactly(Code.ZERO_PERCENT);
    assertThat(problems.getFirst().document()).isEqualTo("rain-grab-total.yaml");
    assertThat(problems.getFirst().line()).isEqualTo(1);
  }

  @Test
  void limiterThatCountsAndRefusesNobody_isReported_unlessThatIsMeant() {
    LocalRateLimit counting = LocalRateLimit.newBuilder().setFilterEnabled(percent(100)).build();
    assertThat(codes(LIMIT, counting)).containsExactly(Code.ZERO_PERCENT);
    assertThat(codes(inShadow(), counting)).isEmpty();
    assertThat(codes(LIMIT, counting.toBuilder().setFilterEnforced(percent(100)).build()))
        .isEmpty();
  }

  @Test
  void routeThatConfiguresAFilterThatIsNotThere_isReported() {
    Route route =
        Route.newBuilder()
            .setName("route")
            .setDirectResponse(DirectResponseAction.newBuilder().setStatus(404))
            .putTypedPerFilterConfig("envoy.filters.http.locl_ratelimit", Any.getDefaultInstance())
            .build();
    var routes =
        RouteConfiguration.newBuilder()
            .addVirtualHosts(VirtualHost.newBuilder().addRoutes(route))
            .build();
    var resources =
        new GroupResources(
            List.of(), List.of(routes), List.of(), List.of(), List.of(), List.of(), List.of());
    assertThat(ResourceLint.problems(resources, new Policy(List.of())))
        .extracting(Problem::code)
        .containsExactly(Code.NO_SUCH_FILTER);
  }

  private static List<Code> codes(Rule.RateLimit rule, LocalRateLimit limiter) {
    return problems(rule, limiter).stream().map(Problem::code).toList();
  }

  private static List<Problem> problems(Rule.RateLimit rule, LocalRateLimit limiter) {
    var extension =
        TypedExtensionConfig.newBuilder()
            .setName(Limits.filterName(rule))
            .setTypedConfig(Any.pack(limiter))
            .build();
    var resources =
        new GroupResources(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(extension), List.of());
    return ResourceLint.problems(resources, new Policy(List.of(rule)));
  }

  private static Rule.RateLimit inShadow() {
    About about = LIMIT.about();
    return new Rule.RateLimit(
        new About(about.id(), "", "", Criticality.NORMAL, Optional.empty(), true, about.origin()),
        LIMIT.match(),
        LIMIT.rate(),
        LIMIT.burst(),
        LIMIT.sharing(),
        LIMIT.onlyWhile(),
        LIMIT.onRefuse());
  }

  private static RuntimeFractionalPercent percent(int value) {
    return RuntimeFractionalPercent.newBuilder()
        .setDefaultValue(
            FractionalPercent.newBuilder()
                .setNumerator(value)
                .setDenominator(FractionalPercent.DenominatorType.HUNDRED))
        .build();
  }
}
