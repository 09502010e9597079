package dev.lantern.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class EdgeRoutesTest {
  private final EdgeRoutes routes = EdgeRoutes.of(Contracts.load());

  @Test
  void allowList_isWhatClientsMayReach_andNothingElse() {
    assertThat(routes.all())
        .extracting(route -> route.httpMethod() + " " + route.jsonPattern() + " " + route.id())
        .containsExactlyElementsOf(
            List.of(
                "POST /v1/sessions session.create",
                "POST /v1/activities/[^/]+/scenes/[^/]+/rounds/[^/]+:grab play.grab",
                "GET /v1/orders/[^/]+ order.get",
                "GET /v1/activities/[^/]+/orders order.list",
                "GET /v1/activities/[^/]+/wallet wallet.get",
                "GET /v1/activities/[^/]+/wallet/flows wallet.flows",
                "POST /v1/tokens:present token.present",
                "GET /v1/counters/[^/]+ counter.get"));
  }

  @Test
  void onlySessionsAreOpenToAnybody() {
    assertThat(routes.all().stream().filter(route -> !route.session()).map(EdgeRoute::id))
        .containsExactly("session.create");
  }

  @Test
  void pattern_takesOneSegmentAVariable() {
    var pattern = Pattern.compile(EdgeRoutes.pattern("/v1/a/{x}/b.c/{y}:go"));
    assertThat("/v1/a/1/b.c/2:go").matches(pattern);
    assertThat("/v1/a/1/2/b.c/2:go").doesNotMatch(pattern);
    assertThat("/v1/a/1/bxc/2:go").doesNotMatch(pattern);
  }

  @Test
  void whatStandsInAPathOrABody_isNotTakenFromAQuery() {
    assertThat(routes.notInQueries())
        .contains("order_no", "orderNo", "rain_id", "request_id", "requestId", "assertion")
        .doesNotContain("page_size", "pageSize", "at_least", "child_activity_id");
  }

  @Test
  void contracts_holdTheErrorDetails() {
    assertThat(Contracts.load().getFileList())
        .extracting(file -> file.getName())
        .contains("google/rpc/error_details.proto");
    assertThat(Contracts.load().getFileList()).noneMatch(file -> file.hasSourceCodeInfo());
  }
}
