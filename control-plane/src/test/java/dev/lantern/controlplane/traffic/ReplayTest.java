package dev.lantern.controlplane.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.envoy.StaticEdge;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReplayTest {
  private static final Instant START = Instant.parse("2027-02-05T12:00:00Z");

  /// A thousand grabs a second for ten seconds, a thousand users.
  private static final Sample GRABS =
      new Sample(
          IntStream.range(0, 10_000)
              .mapToObj(
                  i -> new Request(START.plusMillis(i), "play.grab", Integer.toString(i % 1000)))
              .toList(),
          false);

  @Test
  void limit_letsItsRateAndOneBurstThrough() {
    Policy policy = StaticEdge.policy(limit(400, Duration.ofMillis(500)));
    assertThat(through(policy, Map.of())).isBetween(4_000L, 4_000L + 200 + 1);
  }

  @Test
  void drop_turnsTheSameUsersAway_andMoreAsItRises() {
    Policy policy = StaticEdge.policy(StaticEdge.drop());
    Set<String> few = dropped(policy, 3_000);
    assertThat(few.size()).isBetween(250, 350);
    assertThat(dropped(policy, 3_000)).isEqualTo(few);
    assertThat(dropped(policy, 6_000)).containsAll(few);
    assertThat(dropped(policy, 10_000)).hasSize(1000);
    assertThat(dropped(policy, 0)).isEmpty();
  }

  @Test
  void droppedRequests_takeNothingFromTheLimit() {
    Policy policy = StaticEdge.policy(limit(400, Duration.ofMillis(500)), StaticEdge.drop());
    assertThat(through(policy, Map.of("play.grab.drop", 10_000))).isZero();
    assertThat(through(policy, Map.of("play.grab.drop", 5_000))).isBetween(4_000L, 4_201L);
  }

  @Test
  void switchedOffRoute_isRefusedWhole_andOthersNot() {
    Policy policy = StaticEdge.policy(StaticEdge.walletOff());
    Sample wallets = new Sample(List.of(new Request(START, "wallet.get", "1")), false);
    assertThat(Replay.refusals(wallets, policy, Map.of("wallet.view", 0)))
        .containsExactly(Optional.of("wallet-view-off"));
    assertThat(Replay.refusals(wallets, policy, Map.of("wallet.view", 10_000)))
        .containsExactly(Optional.empty());
    assertThat(through(policy, Map.of("wallet.view", 0))).isEqualTo(10_000);
  }

  @Test
  void tighterLimit_isToldInTrafficTerms() {
    List<TrafficDiff> diffs =
        TrafficDiff.between(
            GRABS,
            StaticEdge.policy(limit(600, Duration.ofMillis(500))),
            Map.of(),
            StaticEdge.policy(limit(400, Duration.ofMillis(500))),
            Map.of());
    assertThat(diffs).hasSize(1);
    assertThat(diffs.getFirst().requests()).isEqualTo(10_000);
    assertThat(diffs.getFirst().after() - diffs.getFirst().before()).isBetween(2_000L, 2_150L);
  }

  private static Rule.RateLimit limit(long rate, Duration burst) {
    return StaticEdge.grabLimit(rate, Duration.ofSeconds(1), burst);
  }

  private static long through(Policy policy, Map<String, Integer> switches) {
    return Replay.refusals(GRABS, policy, switches).stream().filter(Optional::isEmpty).count();
  }

  private static Set<String> dropped(Policy policy, int share) {
    var refusals = Replay.refusals(GRABS, policy, Map.of("play.grab.drop", share));
    var users = new HashSet<String>();
    for (int i = 0; i < refusals.size(); i++) {
      if (refusals.get(i).isPresent()) {
        users.add(GRABS.requests().get(i).user());
      }
    }
    return users;
  }
}
