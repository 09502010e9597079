package dev.lantern.controlplane.resources;

import dev.lantern.controlplane.policy.OnRefuse;

/// What a rule makes of one route while a switch says so. Moved by RTDS: no route is rebuilt and no
/// bucket refilled when the switch is turned.
///
/// A switch counts in ten-thousandths. The first two hold for what is *missing* of it (a switch
/// that is off means all calls), the others for what there is of it.
public sealed interface RouteChange {
  /// The rule's id; the name of its Envoy routes.
  String rule();

  /// The edge's route: `wallet.get`.
  String route();

  String switchName();

  /// Calls are answered by another cluster: a smaller service, or the same one elsewhere.
  ///
  /// @param cluster a service of the topology
  record Fallback(String rule, String route, String switchName, String cluster)
      implements RouteChange {}

  /// Calls over JSON are answered with a fixed body and 200. Over gRPC they are refused as switched
  /// off, since Envoy cannot write a message; the SDK has an answer of its own then.
  ///
  /// @param json the RPC's response message in JSON
  /// @param onRefuse what gRPC callers are told
  /// @param revision of the rule
  record FixedAnswer(
      String rule, String route, String switchName, String json, OnRefuse onRefuse, long revision)
      implements RouteChange {}

  /// That share of calls is also sent to another cluster, whose answers nobody hears.
  record Mirror(String rule, String route, String switchName, String cluster)
      implements RouteChange {}

  /// That share of users is served by another cluster, always the same users: widening the share
  /// keeps those who are in it. Where no session is asked for, that share of calls.
  record Ramp(String rule, String route, String switchName, String cluster)
      implements RouteChange {}
}
