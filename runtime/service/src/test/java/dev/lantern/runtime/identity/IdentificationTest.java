package dev.lantern.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import io.grpc.Metadata;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentificationTest {

  private final Metadata headers = new Metadata();

  @Test
  void edge_withUserHeaders_speaksForTheUser() {
    headers.put(Identification.ACT_ID, "42");
    headers.put(Identification.APP_ID, "3");
    headers.put(Identification.LANE, "stress");
    assertThat(identify("envoy-edge"))
        .isEqualTo(
            new RequestContext(SpiffeId.EDGE, Optional.of(new User(42, 3)), Lane.LANE_STRESS));
  }

  @Test
  void edge_withoutUserHeaders_hasNoUser() {
    assertThat(identify("envoy-edge").user()).isEmpty();
  }

  @Test
  void edge_withBrokenOrDoubledHeaders_isRefused() {
    headers.put(Identification.ACT_ID, "42");
    assertUnauthenticated("envoy-edge");
    headers.put(Identification.APP_ID, "-1");
    assertUnauthenticated("envoy-edge");
    headers.removeAll(Identification.APP_ID);
    headers.put(Identification.APP_ID, "3");
    headers.put(Identification.ACT_ID, "43");
    assertUnauthenticated("envoy-edge");
    headers.removeAll(Identification.ACT_ID);
    headers.put(Identification.ACT_ID, "42");
    headers.put(Identification.LANE, "other");
    assertUnauthenticated("envoy-edge");
  }

  @Test
  void mesh_withForwardedCert_speaksForThatService() {
    headers.put(Identification.CLIENT_CERT, "URI=spiffe://lantern/wallet-api");
    headers.put(Identification.ACT_ID, "42");
    headers.put(Identification.APP_ID, "3");
    assertThat(identify("envoy-mesh"))
        .isEqualTo(
            new RequestContext(new SpiffeId("wallet-api"), Optional.empty(), Lane.LANE_LIVE));
  }

  @Test
  void mesh_forwardingNobodyOrAProxy_isRefused() {
    headers.put(Identification.CLIENT_CERT, "Hash=1");
    assertUnauthenticated("envoy-mesh");
    headers.removeAll(Identification.CLIENT_CERT);
    headers.put(Identification.CLIENT_CERT, "URI=spiffe://lantern/envoy-edge");
    assertUnauthenticated("envoy-mesh");
  }

  @Test
  void mesh_byItself_isOnlyTheMesh() {
    assertThat(identify("envoy-mesh").caller()).isEqualTo(SpiffeId.MESH);
  }

  @Test
  void service_settingUserAndForwardedHeaders_isOnlyItself() {
    headers.put(Identification.ACT_ID, "42");
    headers.put(Identification.APP_ID, "3");
    headers.put(Identification.CLIENT_CERT, "URI=spiffe://lantern/operator");
    assertThat(identify("wallet-api"))
        .isEqualTo(
            new RequestContext(new SpiffeId("wallet-api"), Optional.empty(), Lane.LANE_LIVE));
  }

  @Test
  void service_passingTheMarkOn_isOfTheStressLane() {
    headers.put(Identification.LANE, "stress");
    assertThat(identify("wallet-api").lane()).isEqualTo(Lane.LANE_STRESS);
    headers.put(Identification.CLIENT_CERT, "URI=spiffe://lantern/wallet-api");
    assertThat(identify("envoy-mesh").lane()).isEqualTo(Lane.LANE_STRESS);
  }

  @Test
  void stressDriver_whateverItSays_isOfTheStressLane() {
    assertThat(identify("stress-driver").lane()).isEqualTo(Lane.LANE_STRESS);
    headers.put(Identification.LANE, "live");
    assertThat(identify("stress-driver").lane()).isEqualTo(Lane.LANE_STRESS);
    headers.put(Identification.CLIENT_CERT, "URI=spiffe://lantern/stress-driver");
    assertThat(identify("envoy-mesh").lane()).isEqualTo(Lane.LANE_STRESS);
  }

  @Test
  void nobodyVerified_isRefused() {
    assertThat(
            catchThrowableOfType(
                    Refused.class, () -> Identification.identify(Optional.empty(), headers))
                .reason())
        .isEqualTo(Reason.REASON_UNAUTHENTICATED);
  }

  private RequestContext identify(String peer) {
    return Identification.identify(Optional.of(new SpiffeId(peer)), headers);
  }

  private void assertUnauthenticated(String peer) {
    assertThat(catchThrowableOfType(Refused.class, () -> identify(peer)).reason())
        .isEqualTo(Reason.REASON_UNAUTHENTICATED);
  }
}
