package dev.lantern.controlplane.resources;

import dev.lantern.controlplane.policy.Instead;
import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import java.util.ArrayList;
import java.util.List;

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

  /// What the rules of a policy make of routes; a rule in shadow makes nothing of one.
  static List<RouteChange> of(Policy policy) {
    var changes = new ArrayList<RouteChange>();
    policy.degradations().stream()
        .filter(rule -> !rule.shadow())
        .forEach(rule -> changes.addAll(of(rule)));
    for (Rule.Route rule : policy.ofKind(Rule.Route.class)) {
      if (!rule.shadow()) {
        rule.mirror()
            .ifPresent(to ->
                changes.add(new Mirror(rule.id(), rule.route(), to.switchName(), to.service())));
        rule.ramp()
            .ifPresent(to ->
                changes.add(new Ramp(rule.id(), rule.route(), to.switchName(), to.service())));
      }
    }
    return List.copyOf(changes);
  }

  private static List<RouteChange> of(Rule.Degradation rule) {
    return rule.routes().stream()
        .<RouteChange>mapMulti((route, found) -> {
          switch (rule.instead()) {
            // Stands among the plain routes.
            case Instead.Refuse _ -> {}
            case Instead.Answer it ->
                found.accept(
                    new FixedAnswer(
                        rule.id(),
                        route,
                        rule.switchName(),
                        it.json(),
                        it.onRefuse(),
                        rule.origin().revision()));
            case Instead.Fallback it ->
                found.accept(new Fallback(rule.id(), route, rule.switchName(), it.service()));
          }
        })
        .toList();
  }

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
