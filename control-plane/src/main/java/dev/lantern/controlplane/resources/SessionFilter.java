package dev.lantern.controlplane.resources;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtCacheConfig;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtClaimToHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.PerRouteConfig;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.RequirementRule;
import java.util.Map;

/// Who the user is: from the session JWT alone.
///
/// An ECDS filter of its own with the keys inline, so that a new signing key resets no bucket and
/// empties the cache of verified tokens. Every path needs a session unless its route says
/// otherwise; `clear_route_cache` lets routes be chosen by the verified id. Until the keys have
/// arrived nothing is let in.
final class SessionFilter {
  static final String NAME = "envoy.filters.http.jwt_authn";
  private static final String PROVIDER = "session";

  private SessionFilter() {}

  static TypedExtensionConfig resource(String jwks) {
    var provider =
        JwtProvider.newBuilder()
            .setIssuer("lantern")
            .addAudiences("lantern-edge")
            .setRequireExpiration(true)
            .setClockSkewSeconds(5)
            .setClearRouteCache(true)
            .addFromHeaders(
                JwtHeader.newBuilder().setName("authorization").setValuePrefix("Bearer "))
            .setJwtCacheConfig(JwtCacheConfig.newBuilder().setJwtCacheSize(20_000))
            .setLocalJwks(DataSource.newBuilder().setInlineString(jwks))
            .addClaimToHeaders(claim("act_id", "x-act-id"))
            .addClaimToHeaders(claim("app_id", "x-app-id"))
            .addClaimToHeaders(claim("lane", "x-lane"));
    var config =
        JwtAuthentication.newBuilder()
            .putProviders(PROVIDER, provider.build())
            .addRules(
                RequirementRule.newBuilder()
                    .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                    .setRequires(JwtRequirement.newBuilder().setProviderName(PROVIDER)));
    return TypedExtensionConfig.newBuilder()
        .setName(NAME)
        .setTypedConfig(Packed.any(config.build()))
        .build();
  }

  /// For a route that anybody may reach.
  static Map<String, com.google.protobuf.Any> notNeeded() {
    return Map.of(NAME, Packed.any(PerRouteConfig.newBuilder().setDisabled(true).build()));
  }

  private static JwtClaimToHeader claim(String claim, String header) {
    return JwtClaimToHeader.newBuilder().setClaimName(claim).setHeaderName(header).build();
  }
}
