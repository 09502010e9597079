package dev.lantern.controlplane.resources;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import dev.lantern.controlplane.policy.Instead;
import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.FilterConfig;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The routes of one edge RPC and the end of the list.
///
/// A JSON call is routed twice: by its JSON path first (which settles sessions, limits and drops)
/// and, once transcoded, by its gRPC path. So the JSON routes lead nowhere by themselves: what the
/// transcoder cannot read never reaches a service. And routes that end a call keep the transcoder
/// off: it knows more spellings of a path (one slash at the end) than the list does, and would have
/// the call routed on, past the session and the limits that its first route settles.
///
/// A gRPC-Web call is routed twice, too: as it came, and, unwrapped, as the gRPC call it then is;
/// so the gRPC routes ask for the content type of either.
final class Routes {
  static final String METADATA = "lantern";

  private static final String GRPC_OR_WEB = "application/grpc(-web(-text)?)?([+;].*)?";

  /// For routes that are the end of a call, whatever the transcoder could make of its path.
  static final Map<String, Any> NOT_TRANSCODED =
      Map.of(
          EdgeListener.TRANSCODER, Packed.any(FilterConfig.newBuilder().setDisabled(true).build()));

  /// The edge's deadline; api.md.
  static final Duration DEADLINE = Duration.newBuilder().setSeconds(2).build();

  private Routes() {}

  /// All plain routes, in order: preflights, pages, degradations, changes, the allow-list, 405,
  /// 404.
  static List<Route> all(
      EdgeRoutes edge, Policy policy, List<RouteChange> changes, EdgeSurface surface) {
    var routes = new ArrayList<Route>();
    Browsers.preflight(surface.origins()).ifPresent(routes::add);
    routes.addAll(Pages.routes(surface.pages()));
    for (EdgeRoute route : edge.all()) {
      routes.addAll(of(route, route.cluster(), policy, changes));
    }
    routes.add(elsewhere());
    return List.copyOf(routes);
  }

  /// Those of one RPC, answered by a cluster.
  static List<Route> of(EdgeRoute route, String cluster, Policy policy, List<RouteChange> changes) {
    var routes = new ArrayList<Route>();
    for (Rule.Degradation degradation : policy.degradations()) {
      if (!degradation.shadow()
          && degradation.routes().contains(route.id())
          && degradation.instead() instanceof Instead.Refuse refuse) {
        routes.add(degraded(route, grpcMatch(route), degradation, refuse.onRefuse()));
        routes.add(degraded(route, jsonMatch(route), degradation, refuse.onRefuse()));
      }
    }
    List<RouteChange> own =
        changes.stream().filter(change -> change.route().equals(route.id())).toList();
    own.forEach(change -> routes.addAll(ChangedRoutes.inFrontOf(route, change)));
    routes.add(ChangedRoutes.mirrored(to(route, cluster, grpcMatch(route), route.id()), own));
    routes.add(json(route));
    routes.add(wrongMethod(route));
    return List.copyOf(routes);
  }

  static RouteMatch.Builder grpcMatch(EdgeRoute route) {
    return RouteMatch.newBuilder()
        .setPath(route.grpcPath())
        .addHeaders(
            HeaderMatcher.newBuilder()
                .setName("content-type")
                .setStringMatch(
                    StringMatcher.newBuilder()
                        .setSafeRegex(RegexMatcher.newBuilder().setRegex(GRPC_OR_WEB))));
  }

  private static RouteMatch.Builder jsonPath(EdgeRoute route) {
    return RouteMatch.newBuilder()
        .setSafeRegex(RegexMatcher.newBuilder().setRegex(route.jsonPattern()));
  }

  static RouteMatch.Builder jsonMatch(EdgeRoute route) {
    return jsonPath(route)
        .addHeaders(
            HeaderMatcher.newBuilder()
                .setName(":method")
                .setStringMatch(StringMatcher.newBuilder().setExact(route.httpMethod())));
  }

  /// The route's calls to a cluster.
  static Route to(EdgeRoute route, String cluster, RouteMatch.Builder match, String name) {
    var action =
        RouteAction.newBuilder()
            .setCluster(cluster)
            .setTimeout(DEADLINE)
            .setRetryPolicy(retry(route));
    // The service must know how long the caller will wait; a JSON caller cannot say it.
    var deadline =
        Packed.header(
            "grpc-timeout", DEADLINE.getSeconds() * 1000 + "m", HeaderAppendAction.ADD_IF_ABSENT);
    return open(route, Route.newBuilder().setName(name).setMatch(match))
        .setMetadata(metadata(route))
        .setRoute(action)
        .addRequestHeadersToAdd(deadline)
        .build();
  }

  private static Route json(EdgeRoute route) {
    return open(route, Route.newBuilder().setName(route.id() + ".json").setMatch(jsonMatch(route)))
        .setMetadata(metadata(route))
        .setDirectResponse(answer(404))
        .build();
  }

  private static Route wrongMethod(EdgeRoute route) {
    return Route.newBuilder()
        .setName(route.id() + ".method")
        .setMatch(jsonPath(route))
        .setDirectResponse(answer(405))
        .putAllTypedPerFilterConfig(SessionFilter.notNeeded())
        .putAllTypedPerFilterConfig(NOT_TRANSCODED)
        .addResponseHeadersToAdd(
            Packed.header(
                "allow", route.httpMethod(), HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD))
        .build();
  }

  private static Route elsewhere() {
    return Route.newBuilder()
        .setName("elsewhere")
        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
        .setDirectResponse(answer(404))
        .putAllTypedPerFilterConfig(SessionFilter.notNeeded())
        .putAllTypedPerFilterConfig(NOT_TRANSCODED)
        .build();
  }

  /// While the switch is off the route answers this; by RTDS, so nothing is rebuilt.
  private static Route degraded(
      EdgeRoute route, RouteMatch.Builder match, Rule.Degradation rule, OnRefuse onRefuse) {
    var off = share(Switches.offKey(rule.switchName()));
    Route refused =
        refused(match.setRuntimeFraction(off), Switches.refusal(rule, onRefuse), rule.id());
    // Whoever may come without a session is told the same without one.
    return open(route, refused.toBuilder()).build();
  }

  /// As much as a runtime key says; nothing while it is not there.
  static RuntimeFractionalPercent share(String key) {
    return RuntimeFractionalPercent.newBuilder()
        .setDefaultValue(
            FractionalPercent.newBuilder()
                .setNumerator(0)
                .setDenominator(FractionalPercent.DenominatorType.TEN_THOUSAND))
        .setRuntimeKey(key)
        .build();
  }

  /// A fixed answer that is a refusal.
  static Route refused(RouteMatch.Builder match, Refusal refusal, String name) {
    return Route.newBuilder()
        .setName(name)
        .setMatch(match)
        .setDirectResponse(answer(refusal.httpStatus()))
        .addAllResponseHeadersToAdd(
            refusal.edgeHeaders(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD))
        .build();
  }

  private static DirectResponseAction answer(int status) {
    return DirectResponseAction.newBuilder()
        .setStatus(status)
        .setBody(DataSource.newBuilder().setInlineString("refused"))
        .build();
  }

  static Route.Builder open(EdgeRoute route, Route.Builder builder) {
    return route.session()
        ? builder
        : builder.putAllTypedPerFilterConfig(SessionFilter.notNeeded());
  }

  /// Only what surely did nothing is tried again, and reads.
  private static RetryPolicy retry(EdgeRoute route) {
    String harmless = "connect-failure,refused-stream";
    return RetryPolicy.newBuilder()
        .setRetryOn(route.reads() ? harmless + ",reset-before-request,unavailable" : harmless)
        .setNumRetries(UInt32Value.of(1))
        .build();
  }

  static Metadata metadata(EdgeRoute route) {
    return Metadata.newBuilder()
        .putFilterMetadata(
            METADATA,
            Struct.newBuilder()
                .putFields("route", Value.newBuilder().setStringValue(route.id()).build())
                .build())
        .build();
  }
}
