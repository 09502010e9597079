package dev.lantern.controlplane.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.xds.Delivery;
import dev.lantern.controlplane.xds.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BlameTest {
  private static final Policy POLICY =
      new Policy(List.of(rule("play.grab", 1), rule("play.grab.drop", 2)));

  /// One id is the beginning of the other.
  @Test
  void refusalThatNamesARule_isThatRules() {
    assertThat(lineToBlame("route play.grab.drop: no such thing")).contains(2);
    assertThat(lineToBlame("route play.grab: no such thing")).contains(1);
    assertThat(lineToBlame("no such thing")).isEmpty();
  }

  private static Optional<Integer> lineToBlame(String error) {
    var delivery =
        new Delivery(
            ResourceKind.RDS, "edge", "new", "old", error, 1, Instant.EPOCH, Duration.ZERO);
    return Blame.of(delivery, POLICY).map(problem -> problem.line());
  }

  private static Rule.Switch rule(String id, int line) {
    return Rule.Switch.of(
        About.of(id, new Origin("s.yaml", line, 1)), "words", 0, Optional.empty());
  }
}
