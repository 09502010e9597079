package dev.lantern.controlplane.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.mesh.v1.ApplyPolicyRequest;
import dev.lantern.mesh.v1.GetPolicyRequest;
import dev.lantern.mesh.v1.ListSwitchesRequest;
import dev.lantern.mesh.v1.PolicyDocument;
import dev.lantern.mesh.v1.SetSwitchRequest;
import dev.lantern.mesh.v1.ValidatePolicyRequest;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.PlayServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The operators' static listener: large documents pass it, what is too large is told as such.
@Tag("mesh")
final class OperatorsListenerTest {
  private static final int MOST = 1_048_576;
  private static final int MOST_ONE = 262_144;

  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS)
  static Path dir;

  private static LiveMesh mesh;

  @BeforeAll
  static void start() throws Exception {
    mesh = LiveMesh.start(dir);
  }

  @AfterAll
  static void stop() {
    mesh.close();
  }

  @Test
  void documents_ofNearlyTheMost_areAppliedAndReadBack() {
    var large = documents(3, MOST_ONE);
    var _ =
        mesh.policies()
            .applyPolicy(
                ApplyPolicyRequest.newBuilder()
                    .addAllDocuments(large)
                    .setReason("trial")
                    .setRequestId(UUID.randomUUID().toString())
                    .build());
    assertThat(mesh.policies().getPolicy(GetPolicyRequest.getDefaultInstance()).getDocumentsList())
        .containsAll(large);
    assertThat(mesh.policies().validatePolicy(request(documents(5, 200_000))).getProblemsList())
        .as("with what is there already it would be more than a policy may have")
        .extracting(problem -> problem.getCode())
        .containsExactly("TOO_LARGE");
  }

  @Test
  void documents_overTheirLimits_areRefusedByName() {
    var one = refused(() -> validate(documents(1, MOST_ONE + 1)));
    assertThat(one.reason()).isEqualTo("INVALID_FIELD");
    assertThat(one.metadata()).containsEntry("field", "documents[0].yaml");
    var together = refused(() -> validate(documents(5, MOST / 5 + 1)));
    assertThat(together.reason()).isEqualTo("INVALID_FIELD");
    assertThat(together.metadata()).containsEntry("field", "documents");
    var far = refused(() -> validate(documents(6, 250_000)));
    assertThat(far.reason()).isEqualTo("TOO_LARGE");
    assertThat(far.metadata())
        .containsEntry("field", "documents")
        .containsEntry("limit_bytes", Integer.toString(MOST + 65_536));
  }

  @Test
  void requestWithoutDocuments_staysUnder64KiB() {
    var request =
        SetSwitchRequest.newBuilder()
            .setName("wallet.view")
            .setPerTenThousand(10_000)
            .setReason("x".repeat(65_536))
            .build();
    var refused = refused(() -> mesh.switches().setSwitch(request));
    assertThat(refused.reason()).isEqualTo("TOO_LARGE");
    assertThat(refused.metadata()).containsEntry("limit_bytes", "65536");
  }

  @Test
  void callThatGoesNowhere_isRefusedInOurShape() throws Exception {
    var channel = mesh.channel("operator", mesh.port("operators.port"), "localhost");
    try {
      var refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  PlayServiceGrpc.newBlockingStub(channel)
                      .withDeadlineAfter(8, TimeUnit.SECONDS)
                      .grab(GrabRequest.getDefaultInstance()));
      assertThat(Caller.read(refused).reason()).isEqualTo("NOT_FOUND");
      assertThat(Caller.read(refused).metadata()).containsEntry("layer", "route");
      assertThat(Caller.pushback(refused)).isEqualTo(-1);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void callOfAControlPlaneThatIsDown_saysWhenToComeBack() throws Exception {
    mesh.killControlPlane();
    try {
      var refused =
          refused(() -> mesh.switches().listSwitches(ListSwitchesRequest.getDefaultInstance()));
      assertThat(refused.reason()).isEqualTo("DEPENDENCY_DOWN");
      assertThat(refused.metadata()).containsEntry("layer", "upstream");
      assertThat(refused.retryMs()).isEqualTo(1000);
    } finally {
      mesh.startControlPlane();
    }
  }

  private static void validate(List<PolicyDocument> documents) {
    var _ = mesh.policies().validatePolicy(request(documents));
  }

  private static ValidatePolicyRequest request(List<PolicyDocument> documents) {
    return ValidatePolicyRequest.newBuilder().addAllDocuments(documents).build();
  }

  /// Documents that say nothing, at length.
  private static List<PolicyDocument> documents(int count, int bytes) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            PolicyDocument.newBuilder()
                .setName("large-" + bytes + "-" + i + ".yaml")
                .setYaml("#".repeat(bytes))
                .build())
        .toList();
  }

  private static Caller.Refused refused(ThrowingCallable call) {
    return Caller.read(catchThrowableOfType(StatusRuntimeException.class, call));
  }
}
