package dev.lantern.runtime.identity;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import io.grpc.MethodDescriptor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Who may call what. What is not named is FORBIDDEN.
///
/// ```java
/// AccessPolicy.builder()
///     .service(OrderServiceGrpc.SERVICE_NAME, "wallet-api", "operator")        // these processes, every method
///     .method(BudgetServiceGrpc.getAdjustBudgetMethod(), "operator")           // a method's own rule replaces its service's
///     .users(PlayServiceGrpc.getGrabMethod())                                  // signed-in users, through the edge
///     .anyone(IdentityServiceGrpc.getCreateSessionMethod())                    // through the edge, no session yet
///     .build();
/// ```
///
/// A call of the stress lane is taken from the edge, which verified its session, from the driver of
/// trials, and from the processes named by `carriers`, which pass the mark of a call on that they
/// serve themselves. From anybody else the mark is refused (rule `lane`), never overlooked: a trial
/// that loses its mark would be a live call.
///
/// Health, reflection and channelz are open to every verified peer.
public final class AccessPolicy {

  private static final Set<String> OPEN =
      Set.of(
          "grpc.health.v1.Health",
          "grpc.reflection.v1.ServerReflection",
          "grpc.reflection.v1alpha.ServerReflection",
          "grpc.channelz.v1.Channelz");

  private final Map<String, Rule> methods;
  private final Map<String, Rule> services;
  private final Set<String> carriers;

  private AccessPolicy(
      Map<String, Rule> methods, Map<String, Rule> services, Set<String> carriers) {
    this.methods = Map.copyOf(methods);
    this.services = Map.copyOf(services);
    this.carriers = Set.copyOf(carriers);
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Refuses unless the context may call the method (`lantern.order.v1.OrderService/IssueReward`).
  public void check(String fullMethod, RequestContext context) {
    String service = String.valueOf(MethodDescriptor.extractFullServiceName(fullMethod));
    if (OPEN.contains(service)) {
      return;
    }
    if (context.lane() == Lane.LANE_STRESS && !mayCarry(context.caller())) {
      throw Refused.of(
              Reason.REASON_FORBIDDEN, context.caller() + " may not call in the stress lane")
          .rule("lane");
    }
    Rule rule = methods.getOrDefault(fullMethod, services.getOrDefault(service, Rule.NOBODY));
    if (context.caller().equals(SpiffeId.EDGE)) {
      checkEdge(rule, context, fullMethod);
    } else if (!rule.callers().contains(context.caller().name())) {
      throw forbidden(context.caller() + " may not call " + fullMethod);
    }
  }

  private boolean mayCarry(SpiffeId caller) {
    return caller.equals(SpiffeId.EDGE)
        || caller.equals(SpiffeId.STRESS_DRIVER)
        || carriers.contains(caller.name());
  }

  private static void checkEdge(Rule rule, RequestContext context, String fullMethod) {
    switch (rule.edge()) {
      case CLOSED -> throw forbidden("clients may not call " + fullMethod);
      case SIGNED_IN -> context.requireUser();
      case ANYONE -> {}
    }
  }

  private static Refused forbidden(String message) {
    return Refused.of(Reason.REASON_FORBIDDEN, message).rule("access");
  }

  private enum Edge {
    CLOSED,
    SIGNED_IN,
    ANYONE
  }

  private record Rule(Set<String> callers, Edge edge) {
    static final Rule NOBODY = new Rule(Set.of(), Edge.CLOSED);
  }

  /// Collects the rules; a method named twice is a defect and throws.
  public static final class Builder {

    private final Map<String, Rule> methods = new HashMap<>();
    private final Map<String, Rule> services = new HashMap<>();
    private Set<String> carriers = Set.of();

    private Builder() {}

    /// These processes may pass the stress lane's mark on.
    public Builder carriers(String... callers) {
      carriers = names(callers);
      return this;
    }

    /// Every method of a service, for these processes.
    public Builder service(String service, String... callers) {
      put(services, service, new Rule(names(callers), Edge.CLOSED));
      return this;
    }

    /// One method, for these processes.
    public Builder method(MethodDescriptor<?, ?> method, String... callers) {
      put(methods, method.getFullMethodName(), new Rule(names(callers), Edge.CLOSED));
      return this;
    }

    /// One method, for signed-in users through the edge, and for these processes.
    public Builder users(MethodDescriptor<?, ?> method, String... callers) {
      put(methods, method.getFullMethodName(), new Rule(names(callers), Edge.SIGNED_IN));
      return this;
    }

    /// One method, for whoever comes through the edge, and for these processes.
    public Builder anyone(MethodDescriptor<?, ?> method, String... callers) {
      put(methods, method.getFullMethodName(), new Rule(names(callers), Edge.ANYONE));
      return this;
    }

    public AccessPolicy build() {
      return new AccessPolicy(methods, services, carriers);
    }

    private static Set<String> names(String... callers) {
      for (String caller : callers) {
        var id = new SpiffeId(caller);
        if (id.equals(SpiffeId.EDGE) || id.equals(SpiffeId.MESH)) {
          throw new IllegalArgumentException("a proxy is never a caller; use users or anyone");
        }
      }
      return Set.of(callers);
    }

    private static void put(Map<String, Rule> rules, String name, Rule rule) {
      if (rules.putIfAbsent(name, rule) != null) {
        throw new IllegalArgumentException("two rules for " + name);
      }
    }
  }
}
