package dev.lantern.controlplane.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.rollout.Takeback.Pushed;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.xds.Delivery;
import dev.lantern.controlplane.xds.NodeStanding;
import dev.lantern.controlplane.xds.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TakebackTest {
  private static final Set<Pushed> CHANGED =
      Set.of(new Pushed(Group.GATEWAY, ResourceKind.ECDS, "limit.rain", "new"));

  @Test
  void changeThatAnEnvoyRefuses_isTakenBack() {
    assertThat(refused(node("gateway-1", true, "new", "old", "no such thing")))
        .hasValueSatisfying(why -> assertThat(why).contains("gateway-1", "limit.rain"));
  }

  @Test
  void changeThatAnotherEnvoyAccepts_stays() {
    assertThat(
            refused(
                node("gateway-1", true, "new", "old", "no such thing"),
                node("gateway-2", true, "new", "new", "")))
        .isEmpty();
  }

  @Test
  void refusalOfWhatTheRevisionDidNotChange_isNotItsFault() {
    assertThat(refused(node("gateway-1", true, "other", "old", "no such thing"))).isEmpty();
  }

  @Test
  void envoyThatIsGone_hasNoSay() {
    assertThat(refused(node("gateway-1", false, "new", "old", "no such thing"))).isEmpty();
  }

  @Test
  void whatIsInForce_isAccepted_whenEachPartIsAcceptedBySomebody() {
    Set<Pushed> inForce =
        Set.of(
            new Pushed(Group.GATEWAY, ResourceKind.ECDS, "limit.rain", "new"),
            new Pushed(Group.GATEWAY, ResourceKind.SDS, "nobody asks", "new"));
    assertThat(accepted(inForce, node("gateway-1", true, "new", "new", ""))).isTrue();
    assertThat(
            accepted(
                inForce,
                node("gateway-1", true, "new", "old", "no such thing"),
                node("gateway-2", true, "new", "new", "")))
        .isTrue();
    assertThat(accepted(inForce, node("gateway-1", true, "new", "old", ""))).isFalse();
    assertThat(accepted(inForce, node("gateway-1", false, "new", "new", ""))).isFalse();
    assertThat(accepted(inForce)).isFalse();
  }

  private static boolean accepted(Set<Pushed> inForce, NodeStanding... nodes) {
    return Takeback.acceptedBySomebody(inForce, List.of(nodes));
  }

  private static java.util.Optional<String> refused(NodeStanding... nodes) {
    return Takeback.refused(CHANGED, List.of(nodes));
  }

  private static NodeStanding node(
      String id, boolean connected, String sent, String acknowledged, String error) {
    return new NodeStanding(
        id,
        Group.GATEWAY,
        connected,
        List.of(
            new Delivery(
                ResourceKind.ECDS,
                "limit.rain",
                sent,
                acknowledged,
                error,
                error.isEmpty() ? 0 : 1,
                Instant.EPOCH,
                Duration.ZERO)));
  }
}
