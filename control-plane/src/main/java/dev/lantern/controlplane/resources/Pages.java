package dev.lantern.controlplane.resources;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Static pages as routes: 304 to a caller that shows the page's entity tag, else the page, to be
/// kept for ten minutes.
///
/// The body stands in the route table, so nothing is fetched and nothing can be stale: a push is
/// the new page, under a new tag. Envoy's own cache filter is not used for this: it passes every
/// conditional request on to the service.
final class Pages {
  /// How long a page may be kept without asking again.
  static final Duration KEPT = Duration.ofMinutes(10);

  private static final String CACHE_CONTROL = "public, max-age=" + KEPT.toSeconds();

  /// A page is its own document; it loads nothing from elsewhere and runs no script.
  private static final String CONTENT_POLICY =
      "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Pages() {}

  static List<Route> routes(List<Page> pages) {
    var routes = new ArrayList<Route>();
    for (Page page : pages) {
      routes.add(unchanged(page));
      routes.add(whole(page));
    }
    return List.copyOf(routes);
  }

  private static Route unchanged(Page page) {
    // A list of tags, weak ones among them, holds ours as a part.
    var shown =
        HeaderMatcher.newBuilder()
            .setName("if-none-match")
            .setStringMatch(StringMatcher.newBuilder().setContains(page.etag()));
    return common(page, page(page).addHeaders(shown))
        .setName("page.304" + page.path())
        .setDirectResponse(DirectResponseAction.newBuilder().setStatus(304))
        .build();
  }

  private static Route whole(Page page) {
    return common(page, page(page))
        .setName("page" + page.path())
        .setDirectResponse(
            DirectResponseAction.newBuilder()
                .setStatus(200)
                .setBody(DataSource.newBuilder().setInlineString(page.body())))
        .addResponseHeadersToAdd(header("content-type", page.contentType()))
        .addResponseHeadersToAdd(header("content-security-policy", CONTENT_POLICY))
        .build();
  }

  private static Route.Builder common(Page page, RouteMatch.Builder match) {
    return Route.newBuilder()
        .setMatch(match)
        .putAllTypedPerFilterConfig(SessionFilter.notNeeded())
        .putAllTypedPerFilterConfig(Routes.NOT_TRANSCODED)
        .addResponseHeadersToAdd(header("etag", page.etag()))
        .addResponseHeadersToAdd(header("cache-control", CACHE_CONTROL));
  }

  private static RouteMatch.Builder page(Page page) {
    return RouteMatch.newBuilder()
        .setPath(page.path())
        .addHeaders(
            HeaderMatcher.newBuilder()
                .setName(":method")
                .setStringMatch(
                    StringMatcher.newBuilder()
                        .setSafeRegex(
                            io.envoyproxy.envoy.type.matcher.v3.RegexMatcher.newBuilder()
                                .setRegex("GET|HEAD"))));
  }

  private static io.envoyproxy.envoy.config.core.v3.HeaderValueOption header(
      String key, String value) {
    return Packed.header(key, value, HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
  }
}
