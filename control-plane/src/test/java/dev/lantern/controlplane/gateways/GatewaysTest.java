package dev.lantern.controlplane.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.topology.Group;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GatewaysTest {
  private Instant now = Instant.parse("2027-01-01T12:00:00Z");

  @Test
  void gateway_countsWhileConnectedAndALittleLonger() {
    var gateways = gateways(List.of());
    gateways.connected(Group.GATEWAY, "g1");
    gateways.connected(Group.GATEWAY, "g2");
    gateways.connected(Group.MESH, "m1");
    assertThat(gateways.live()).containsExactly("g1", "g2");
    gateways.left(Group.GATEWAY, "g2");
    now = now.plus(Gateways.GRACE).minusMillis(1);
    assertThat(gateways.live()).containsExactly("g1", "g2");
    now = now.plusMillis(1);
    assertThat(gateways.live()).containsExactly("g1");
  }

  @Test
  void lastGateway_isNeverTakenAway() {
    var gateways = gateways(List.of());
    gateways.connected(Group.GATEWAY, "g1");
    assertThat(gateways.live()).containsExactly("g1");
    gateways.left(Group.GATEWAY, "g1");
    now = now.plusSeconds(100);
    assertThat(gateways.live()).containsExactly("g1");
  }

  @Test
  void afterARestart_thoseKnownHaveTimeToReturn() {
    var gateways = gateways(List.of("g1", "g2"));
    gateways.connected(Group.GATEWAY, "g1");
    assertThat(gateways.live()).containsExactly("g1", "g2");
    now = now.plus(Gateways.RETURN);
    assertThat(gateways.live()).containsExactly("g1");
  }

  @Test
  void members_differ_andAreNeverNone() {
    assertThat(Gateways.members(List.of())).hasSize(1);
    var many = Gateways.members(java.util.Collections.nCopies(600, "g"));
    assertThat(new HashSet<>(many)).hasSize(600);
  }

  private Gateways gateways(List<String> known) {
    return new Gateways(() -> now, known);
  }
}
