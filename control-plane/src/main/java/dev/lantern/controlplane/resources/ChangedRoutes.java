package dev.lantern.controlplane.resources;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import java.util.List;

/// The routes that a [RouteChange] puts in front of a route, or hangs on it.
///
/// Envoy decides a share anew for each request, but once a request: both routings of a JSON call
/// see the same decision. A ramp's users are chosen in [EdgeHost], by their verified id; here only
/// where there is none.
final class ChangedRoutes {
  private ChangedRoutes() {}

  /// In order; empty for a change that stands elsewhere.
  static List<Route> inFrontOf(EdgeRoute route, RouteChange change) {
    return switch (change) {
      case RouteChange.Fallback it ->
          List.of(
              Routes.to(
                  route,
                  it.cluster(),
                  share(Routes.grpcMatch(route), Switches.offKey(it.switchName())),
                  it.rule()));
      case RouteChange.FixedAnswer it -> fixed(route, it);
      case RouteChange.Ramp it ->
          route.session()
              ? List.of()
              : List.of(
                  Routes.to(
                      route,
                      it.cluster(),
                      share(Routes.grpcMatch(route), Switches.onKey(it.switchName())),
                      it.rule()));
      case RouteChange.Mirror _ -> List.of();
    };
  }

  /// The plain route with the mirrors that are asked for.
  static Route mirrored(Route plain, List<RouteChange> changes) {
    var action = plain.getRoute().toBuilder();
    for (RouteChange change : changes) {
      if (change instanceof RouteChange.Mirror mirror) {
        action.addRequestMirrorPolicies(
            RouteAction.RequestMirrorPolicy.newBuilder()
                .setCluster(mirror.cluster())
                .setRuntimeFraction(Routes.share(Switches.onKey(mirror.switchName()))));
      }
    }
    return plain.toBuilder().setRoute(action).build();
  }

  private static List<Route> fixed(EdgeRoute route, RouteChange.FixedAnswer answer) {
    String key = Switches.offKey(answer.switchName());
    Refusal refusal = Switches.off(answer.switchName(), answer.revision(), answer.onRefuse());
    Route json =
        Routes.open(route, Route.newBuilder())
            .setName(answer.rule())
            .setMatch(share(Routes.jsonMatch(route), key))
            .setMetadata(Routes.metadata(route))
            .setDirectResponse(
                DirectResponseAction.newBuilder()
                    .setStatus(200)
                    .setBody(DataSource.newBuilder().setInlineString(answer.json())))
            .addResponseHeadersToAdd(
                Packed.header(
                    "content-type",
                    "application/json",
                    HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD))
            .addResponseHeadersToAdd(
                Packed.header(
                    "x-lantern-rule", answer.rule(), HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD))
            // Else the transcoder would have the call routed again, by its gRPC path.
            .putAllTypedPerFilterConfig(Routes.NOT_TRANSCODED)
            .build();
    return List.of(
        json, Routes.refused(share(Routes.grpcMatch(route), key), refusal, answer.rule()));
  }

  private static RouteMatch.Builder share(RouteMatch.Builder match, String key) {
    return match.setRuntimeFraction(Routes.share(key));
  }
}
