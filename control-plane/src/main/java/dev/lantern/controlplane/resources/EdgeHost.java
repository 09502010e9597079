package dev.lantern.controlplane.resources;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.google.common.hash.Hashing;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.matching.input_matchers.runtime_fraction.v3.RuntimeFraction;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The edge's one virtual host: who is turned away first, then the plain routes.
///
/// A drop asks two things of a request: is it this route's path, and does the verified user fall in
/// the share. The second is Envoy's `RuntimeFraction` over `x-act-id`: sticky (a retry gets the
/// same answer), nested (a larger share contains the smaller), moved by RTDS. Without a verified id
/// it never matches, so it needs no guard of its own.
public final class EdgeHost {
  /// The route configuration's name.
  public static final String NAME = "edge";

  private static final String QUERY = "(\\?.*)?";

  private EdgeHost() {}

  static RouteConfiguration routes(EdgeRoutes edge, Policy policy, EdgeSurface surface) {
    List<RouteChange> changes = RouteChange.of(policy);
    List<Route> plain = Routes.all(edge, policy, changes, surface);
    var host = VirtualHost.newBuilder().setName(NAME).addDomains("*");
    var byUser = byUser(edge, policy, changes);
    if (byUser.getMatchersCount() == 0) {
      host.addAllRoutes(plain);
    } else {
      host.setMatcher(
          Matcher.newBuilder().setMatcherList(byUser).setOnNoMatch(routes("plain", plain)));
    }
    return RouteConfiguration.newBuilder()
        .setName(NAME)
        .addVirtualHosts(host)
        .setMaxDirectResponseBodySizeBytes(UInt32Value.of(Page.MOST_BYTES))
        .setValidateClusters(com.google.protobuf.BoolValue.of(true))
        .build();
  }

  /// Those who are turned away, then those who are served elsewhere.
  private static Matcher.MatcherList byUser(
      EdgeRoutes edge, Policy policy, List<RouteChange> changes) {
    var list = Matcher.MatcherList.newBuilder();
    for (Rule.Switch rule : policy.switches()) {
      rule.drop()
          .ifPresent(drop ->
              edge.find(drop.route())
                  .ifPresent(route -> list.addMatchers(dropper(rule, drop, route))));
    }
    for (RouteChange change : changes) {
      if (change instanceof RouteChange.Ramp ramp) {
        edge.find(ramp.route())
            .filter(EdgeRoute::session)
            .ifPresent(route -> list.addMatchers(ramped(ramp, route, policy, changes)));
      }
    }
    return list.build();
  }

  /// A user's calls to the other cluster; what is switched off is so for them, too.
  private static Matcher.MatcherList.FieldMatcher ramped(
      RouteChange.Ramp ramp, EdgeRoute route, Policy policy, List<RouteChange> changes) {
    return Matcher.MatcherList.FieldMatcher.newBuilder()
        .setPredicate(both(either(grpcPath(route), jsonPath(route)), inShare(ramp.switchName())))
        .setOnMatch(routes(ramp.rule(), Routes.of(route, ramp.cluster(), policy, changes)))
        .build();
  }

  private static Matcher.MatcherList.FieldMatcher dropper(
      Rule.Switch rule, Rule.Drop drop, EdgeRoute route) {
    Route refusal =
        Routes.refused(
            RouteMatch.newBuilder().setPrefix("/"), Switches.refusal(rule, drop), rule.id());
    return Matcher.MatcherList.FieldMatcher.newBuilder()
        .setPredicate(both(either(grpcPath(route), jsonPath(route)), inShare(rule.id())))
        .setOnMatch(routes(rule.id(), List.of(refusal)))
        .build();
  }

  private static Matcher.MatcherList.Predicate inShare(String switchName) {
    var fraction =
        RuntimeFraction.newBuilder()
            .setSeed(seed(switchName))
            .setRuntimeFraction(
                RuntimeFractionalPercent.newBuilder()
                    .setDefaultValue(
                        FractionalPercent.newBuilder()
                            .setNumerator(0)
                            .setDenominator(FractionalPercent.DenominatorType.TEN_THOUSAND))
                    .setRuntimeKey(Switches.onKey(switchName)))
            .build();
    return single(
        "x-act-id",
        Matcher.MatcherList.Predicate.SinglePredicate.newBuilder()
            .setCustomMatch(extension(switchName, fraction)));
  }

  private static Matcher.MatcherList.Predicate grpcPath(EdgeRoute route) {
    return path(wholePath(route.grpcPath().replace(".", "\\.")));
  }

  private static Matcher.MatcherList.Predicate jsonPath(EdgeRoute route) {
    return path(wholePath(route.jsonPattern()));
  }

  /// A path with whatever query: the matchers see both, routes the path alone.
  private static com.github.xds.type.matcher.v3.StringMatcher.Builder wholePath(String pattern) {
    var regex =
        com.github.xds.type.matcher.v3.RegexMatcher.newBuilder()
            .setGoogleRe2(
                com.github.xds.type.matcher.v3.RegexMatcher.GoogleRE2.getDefaultInstance())
            .setRegex(pattern + QUERY);
    return com.github.xds.type.matcher.v3.StringMatcher.newBuilder().setSafeRegex(regex);
  }

  private static Matcher.MatcherList.Predicate path(
      com.github.xds.type.matcher.v3.StringMatcher.Builder value) {
    return single(
        ":path", Matcher.MatcherList.Predicate.SinglePredicate.newBuilder().setValueMatch(value));
  }

  private static Matcher.MatcherList.Predicate single(
      String header, Matcher.MatcherList.Predicate.SinglePredicate.Builder match) {
    return Matcher.MatcherList.Predicate.newBuilder()
        .setSinglePredicate(
            match.setInput(
                extension(
                    header,
                    HttpRequestHeaderMatchInput.newBuilder().setHeaderName(header).build())))
        .build();
  }

  private static Matcher.MatcherList.Predicate both(
      Matcher.MatcherList.Predicate one, Matcher.MatcherList.Predicate other) {
    return Matcher.MatcherList.Predicate.newBuilder()
        .setAndMatcher(
            Matcher.MatcherList.Predicate.PredicateList.newBuilder()
                .addPredicate(one)
                .addPredicate(other))
        .build();
  }

  private static Matcher.MatcherList.Predicate either(
      Matcher.MatcherList.Predicate one, Matcher.MatcherList.Predicate other) {
    return Matcher.MatcherList.Predicate.newBuilder()
        .setOrMatcher(
            Matcher.MatcherList.Predicate.PredicateList.newBuilder()
                .addPredicate(one)
                .addPredicate(other))
        .build();
  }

  private static Matcher.OnMatch routes(String name, List<Route> routes) {
    return Matcher.OnMatch.newBuilder()
        .setAction(extension(name, RouteList.newBuilder().addAllRoutes(routes).build()))
        .build();
  }

  private static TypedExtensionConfig extension(String name, Message config) {
    return TypedExtensionConfig.newBuilder()
        .setName(name)
        .setTypedConfig(Packed.any(config))
        .build();
  }

  /// Cohorts of different switches are independent; the seed never comes from a clock.
  private static long seed(String name) {
    return Hashing.sha256().hashString(name, StandardCharsets.UTF_8).asLong() & Long.MAX_VALUE;
  }
}
