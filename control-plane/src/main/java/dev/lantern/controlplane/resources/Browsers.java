package dev.lantern.controlplane.resources;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.RegexMatcher;
import com.github.xds.type.matcher.v3.StringMatcher;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.common.matching.v3.ExtensionWithMatcher;
import io.envoyproxy.envoy.extensions.filters.common.matcher.action.v3.SkipFilter;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What browsers are told: who may read our answers (CORS), and what they may not do with them.
///
/// Envoy's own CORS filter knows routes to clusters alone; here every JSON path, refusal and page
/// is a direct answer. So the preflight is a route, and the words on an answer are written by a
/// header filter that is skipped unless the caller's origin is one of ours. It stands first and so
/// comes last on the way back: it reaches whatever any later filter refuses with.
///
/// Credentials are never allowed: a session is sent by the page that has it, not by the browser.
final class Browsers {
  /// What a page may send: a session, JSON, and the headers of gRPC-Web.
  private static final String SENT =
      "authorization,content-type,x-grpc-web,x-user-agent,grpc-timeout,traceparent";

  /// What a page may read of an answer: how it went over gRPC-Web, when to come back, which
  /// request.
  private static final String READ =
      "grpc-status,grpc-message,grpc-status-details-bin,grpc-retry-pushback-ms,retry-after,"
          + "x-request-id,etag,allow";

  private static final String KEPT_S = "600";

  /// Headers that say what an answer is not for. They are defaults: a page brings its own.
  private static final List<String[]> GUARDS =
      List.of(
          new String[] {"x-content-type-options", "nosniff"},
          new String[] {"x-frame-options", "DENY"},
          new String[] {"referrer-policy", "no-referrer"},
          new String[] {"content-security-policy", "default-src 'none'; frame-ancestors 'none'"},
          new String[] {"cross-origin-resource-policy", "same-origin"},
          new String[] {"strict-transport-security", "max-age=31536000"},
          new String[] {"cache-control", "no-store"});

  /// What of gRPC stays on a transcoded answer and means nothing over JSON.
  private static final List<String> LEFT_OVER =
      List.of("grpc-encoding", "grpc-accept-encoding", "grpc-message", "grpc-status-details-bin");

  private Browsers() {}

  /// The filters, first of all; the words on CORS only where there is an origin to allow.
  static List<HttpFilter> filters(List<String> origins) {
    var filters = new ArrayList<HttpFilter>();
    if (!origins.isEmpty()) {
      filters.add(unless("cors", not(header("origin", oneOf(origins))), allowance()));
    }
    var grpc = StringMatcher.newBuilder().setPrefix("application/grpc").build();
    filters.add(unless("guards", header("content-type", grpc), guards(!origins.isEmpty())));
    return List.copyOf(filters);
  }

  /// Answers a preflight of an origin of ours for any path; one of another origin is answered as
  /// any OPTIONS, without a word of CORS, and the browser stops there.
  static Optional<Route> preflight(List<String> origins) {
    if (origins.isEmpty()) {
      return Optional.empty();
    }
    var from =
        io.envoyproxy.envoy.type.matcher.v3.StringMatcher.newBuilder()
            .setSafeRegex(
                io.envoyproxy.envoy.type.matcher.v3.RegexMatcher.newBuilder()
                    .setRegex(either(origins)));
    var options =
        io.envoyproxy.envoy.type.matcher.v3.StringMatcher.newBuilder().setExact("OPTIONS");
    return Optional.of(
        Route.newBuilder()
            .setName("preflight")
            .setMatch(
                RouteMatch.newBuilder()
                    .setPrefix("/")
                    .addHeaders(
                        HeaderMatcher.newBuilder().setName(":method").setStringMatch(options))
                    .addHeaders(HeaderMatcher.newBuilder().setName("origin").setStringMatch(from))
                    .addHeaders(
                        HeaderMatcher.newBuilder()
                            .setName("access-control-request-method")
                            .setPresentMatch(true)))
            .setDirectResponse(DirectResponseAction.newBuilder().setStatus(204))
            .putAllTypedPerFilterConfig(SessionFilter.notNeeded())
            .putAllTypedPerFilterConfig(Routes.NOT_TRANSCODED)
            .addResponseHeadersToAdd(ours("access-control-allow-methods", "GET,POST"))
            .addResponseHeadersToAdd(ours("access-control-allow-headers", SENT))
            .addResponseHeadersToAdd(ours("access-control-max-age", KEPT_S))
            .build());
  }

  private static Message allowance() {
    return mutation(
        List.of(
            append(ours("access-control-allow-origin", "%REQ(origin)%")),
            append(ours("access-control-expose-headers", READ))));
  }

  /// @param byOrigin whether answers differ by origin, which caches in between must know of every
  ///   answer, also of those that no page asked for
  private static Message guards(boolean byOrigin) {
    var mutations = new ArrayList<HeaderMutation>();
    if (byOrigin) {
      mutations.add(
          append(Packed.header("vary", "origin", HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD)));
    }
    for (String[] guard : GUARDS) {
      mutations.add(append(Packed.header(guard[0], guard[1], HeaderAppendAction.ADD_IF_ABSENT)));
    }
    LEFT_OVER.forEach(name -> mutations.add(HeaderMutation.newBuilder().setRemove(name).build()));
    return mutation(mutations);
  }

  private static Message mutation(List<HeaderMutation> ofResponses) {
    return io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation
        .newBuilder()
        .setMutations(Mutations.newBuilder().addAllResponseMutations(ofResponses))
        .build();
  }

  private static HeaderMutation append(HeaderValueOption header) {
    return HeaderMutation.newBuilder().setAppend(header).build();
  }

  private static HeaderValueOption ours(String key, String value) {
    return Packed.header(key, value, HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
  }

  /// A header filter that is skipped for requests like this.
  private static HttpFilter unless(
      String name, Matcher.MatcherList.Predicate skip, Message config) {
    var matcher =
        Matcher.newBuilder()
            .setMatcherList(
                Matcher.MatcherList.newBuilder()
                    .addMatchers(
                        Matcher.MatcherList.FieldMatcher.newBuilder()
                            .setPredicate(skip)
                            .setOnMatch(
                                Matcher.OnMatch.newBuilder()
                                    .setAction(
                                        extension("skip", SkipFilter.getDefaultInstance())))));
    return Connections.filter(
        name,
        ExtensionWithMatcher.newBuilder()
            .setXdsMatcher(matcher)
            .setExtensionConfig(
                io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig.newBuilder()
                    .setName("envoy.filters.http.header_mutation")
                    .setTypedConfig(Packed.any(config)))
            .build());
  }

  private static Matcher.MatcherList.Predicate header(String name, StringMatcher value) {
    return Matcher.MatcherList.Predicate.newBuilder()
        .setSinglePredicate(
            Matcher.MatcherList.Predicate.SinglePredicate.newBuilder()
                .setInput(
                    extension(
                        name, HttpRequestHeaderMatchInput.newBuilder().setHeaderName(name).build()))
                .setValueMatch(value))
        .build();
  }

  private static Matcher.MatcherList.Predicate not(Matcher.MatcherList.Predicate predicate) {
    return Matcher.MatcherList.Predicate.newBuilder().setNotMatcher(predicate).build();
  }

  private static StringMatcher oneOf(List<String> origins) {
    return StringMatcher.newBuilder()
        .setSafeRegex(
            RegexMatcher.newBuilder()
                .setGoogleRe2(RegexMatcher.GoogleRE2.getDefaultInstance())
                .setRegex(either(origins)))
        .build();
  }

  private static String either(List<String> origins) {
    return origins.stream()
        .map(origin -> origin.replace(".", "\\."))
        .collect(Collectors.joining("|"));
  }

  private static TypedExtensionConfig extension(String name, Message config) {
    return TypedExtensionConfig.newBuilder()
        .setName(name)
        .setTypedConfig(Packed.any(config))
        .build();
  }
}
