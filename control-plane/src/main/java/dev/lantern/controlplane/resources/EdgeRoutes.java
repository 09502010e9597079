package dev.lantern.controlplane.resources;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The allow-list of the edge. What is not in it answers 404, whatever services offer.
///
/// Paths and methods are read from the contracts' `google.api.http` annotations, so they cannot
/// drift from what the transcoder understands; which RPCs are open to clients is decided here.
public final class EdgeRoutes {
  private record Open(
      String id, String service, String method, String cluster, boolean session, boolean reads) {}

  private static final List<Open> OPEN =
      List.of(
          new Open(
              "session.create",
              "lantern.identity.v1.IdentityService",
              "CreateSession",
              "wallet-api",
              false,
              false),
          new Open("play.grab", "lantern.play.v1.PlayService", "Grab", "order-center", true, false),
          new Open(
              "order.get", "lantern.order.v1.OrderService", "GetOrder", "order-center", true, true),
          new Open(
              "order.list",
              "lantern.order.v1.OrderService",
              "ListOrders",
              "order-center",
              true,
              true),
          // The copies of tokens that come with it are entered.
          new Open(
              "wallet.get",
              "lantern.wallet.v1.WalletService",
              "GetWallet",
              "wallet-api",
              true,
              false),
          new Open(
              "wallet.flows",
              "lantern.wallet.v1.WalletService",
              "ListFlows",
              "wallet-api",
              true,
              true),
          new Open(
              "token.present",
              "lantern.wallet.v1.WalletService",
              "PresentTokens",
              "wallet-api",
              true,
              false),
          new Open(
              "counter.get",
              "lantern.counter.v1.CounterService",
              "Get",
              "counter-service",
              true,
              true));

  private static final Pattern VARIABLE = Pattern.compile("\\{[a-z_.]+}");

  private final List<EdgeRoute> routes;
  private final Set<String> notInQueries;

  private EdgeRoutes(List<EdgeRoute> routes, Set<String> notInQueries) {
    this.routes = List.copyOf(routes);
    this.notInQueries = notInQueries;
  }

  public static EdgeRoutes of(FileDescriptorSet contracts) {
    var routes = new ArrayList<EdgeRoute>();
    var queries = new QueryFields(contracts);
    for (Open open : OPEN) {
      MethodDescriptorProto method = method(contracts, open);
      HttpRule http = method.getOptions().getExtension(AnnotationsProto.http);
      queries.add(method.getInputType(), path(http), !http.getBody().isEmpty());
      routes.add(
          new EdgeRoute(
              open.id(),
              open.service(),
              open.method(),
              verb(open, http),
              pattern(path(http)),
              open.cluster(),
              open.session(),
              open.reads()));
    }
    return new EdgeRoutes(routes, queries.notTaken());
  }

  public List<EdgeRoute> all() {
    return routes;
  }

  public Optional<EdgeRoute> find(String id) {
    return routes.stream().filter(route -> route.id().equals(id)).findFirst();
  }

  /// Parameters of a query that set no field, whatever they are called like: those that stand in a
  /// path or in a body. The transcoder takes any field from a query, and what comes last counts: so
  /// `?order_no=` would overrule the path.
  Set<String> notInQueries() {
    return notInQueries;
  }

  /// The services the transcoder must know.
  Set<String> services() {
    var services = new LinkedHashSet<String>();
    routes.forEach(route -> services.add(route.service()));
    return services;
  }

  private static MethodDescriptorProto method(FileDescriptorSet contracts, Open open) {
    for (var file : contracts.getFileList()) {
      for (var service : file.getServiceList()) {
        if (open.service().equals(file.getPackage() + "." + service.getName())) {
          for (var method : service.getMethodList()) {
            if (method.getName().equals(open.method())) {
              return method;
            }
          }
        }
      }
    }
    throw new IllegalStateException("no such RPC in the contracts: " + open);
  }

  private static String verb(Open open, HttpRule http) {
    return switch (http.getPatternCase()) {
      case GET -> "GET";
      case POST -> "POST";
      case PUT, DELETE, PATCH, CUSTOM, PATTERN_NOT_SET ->
          throw new IllegalStateException("the edge knows GET and POST only: " + open);
    };
  }

  private static String path(HttpRule http) {
    return http.getGet().isEmpty() ? http.getPost() : http.getGet();
  }

  /// `/v1/orders/{order_no}` as RE2: a variable is one path segment.
  static String pattern(String template) {
    var pattern = new StringBuilder();
    var variables = VARIABLE.matcher(template);
    int from = 0;
    while (variables.find()) {
      pattern.append(literal(template.substring(from, variables.start()))).append("[^/]+");
      from = variables.end();
    }
    return pattern.append(literal(template.substring(from))).toString();
  }

  private static String literal(String text) {
    return text.replace(".", "\\.");
  }
}
