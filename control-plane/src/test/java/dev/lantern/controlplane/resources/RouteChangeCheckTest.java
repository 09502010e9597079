package dev.lantern.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.OnRefuse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RouteChangeCheckTest {
  private static final String NO_FLOWS =
      "{\"flows\":[],\"nextPageToken\":\"\",\"degradedSources\":[\"all\"]}";
  private static final OnRefuse LATER = new OnRefuse(Duration.ofSeconds(1), Duration.ZERO, "later");

  private final RouteChangeCheck check =
      new RouteChangeCheck(
          EdgeRoutes.of(Contracts.load()), Set.of("order-center"), Contracts.load());

  @Test
  void change_ofAKnownRoute_toAKnownCluster_isSound() {
    assertThat(check.problem(new RouteChange.Fallback("r", "wallet.get", "s", "order-center")))
        .isEmpty();
    assertThat(check.problem(new RouteChange.Ramp("r", "play.grab", "s", "order-center")))
        .isEmpty();
    assertThat(check.problem(new RouteChange.Mirror("r", "order.get", "s", "order-center")))
        .isEmpty();
    assertThat(check.problem(answer("wallet.flows", NO_FLOWS))).isEmpty();
  }

  @Test
  void change_toNowhere_isRefused() {
    assertThat(check.problem(new RouteChange.Ramp("r", "no.such", "s", "order-center")))
        .isPresent();
    assertThat(check.problem(new RouteChange.Ramp("r", "play.grab", "s", "nobody"))).isPresent();
    assertThat(check.problem(new RouteChange.Fallback("r", "play.grab", "s", "nobody")))
        .isPresent();
    assertThat(check.problem(new RouteChange.Mirror("r", "order.get", "s", "nobody"))).isPresent();
  }

  @Test
  void write_isNeitherMirrored_norAnsweredByNobody() {
    assertThat(check.problem(new RouteChange.Mirror("r", "play.grab", "s", "order-center")))
        .isPresent();
    assertThat(check.problem(answer("play.grab", "{}"))).isPresent();
    // What it brings of copies is entered.
    assertThat(check.problem(new RouteChange.Mirror("r", "wallet.get", "s", "order-center")))
        .isPresent();
  }

  @Test
  void fixedAnswer_thatIsNotTheResponse_isRefused() {
    assertThat(check.problem(answer("wallet.flows", "{\"flowz\":[]}"))).isPresent();
    assertThat(check.problem(answer("wallet.flows", "{"))).isPresent();
    for (String loose : List.of(NO_FLOWS + " {}", NO_FLOWS.replace('"', '\''), "{\"flows\":[]}")) {
      assertThat(check.problem(answer("wallet.flows", loose))).as(loose).isPresent();
    }
    String long5 = "{\"nextPageToken\":\"" + "x".repeat(RouteChangeCheck.MOST_ANSWER_BYTES) + "\"}";
    assertThat(check.problem(answer("wallet.flows", long5))).isPresent();
  }

  private static RouteChange answer(String route, String json) {
    return new RouteChange.FixedAnswer("r", route, "s", json, LATER, 1);
  }
}
