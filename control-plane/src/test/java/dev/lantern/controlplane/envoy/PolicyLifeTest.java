package dev.lantern.controlplane.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Durations;
import dev.lantern.mesh.v1.ApplyPolicyRequest;
import dev.lantern.mesh.v1.ApproveLevelRequest;
import dev.lantern.mesh.v1.AuditEvent;
import dev.lantern.mesh.v1.ChangeKind;
import dev.lantern.mesh.v1.DiffPolicyRequest;
import dev.lantern.mesh.v1.GetPolicyRequest;
import dev.lantern.mesh.v1.LevelChange;
import dev.lantern.mesh.v1.LevelChangeState;
import dev.lantern.mesh.v1.LevelReview;
import dev.lantern.mesh.v1.ListAuditRequest;
import dev.lantern.mesh.v1.ListLevelsRequest;
import dev.lantern.mesh.v1.ListSwitchesRequest;
import dev.lantern.mesh.v1.PolicyDocument;
import dev.lantern.mesh.v1.PolicyProblem;
import dev.lantern.mesh.v1.PreviewPolicyRequest;
import dev.lantern.mesh.v1.ResourceDiff;
import dev.lantern.mesh.v1.ReviewLevelRequest;
import dev.lantern.mesh.v1.RollbackPolicyRequest;
import dev.lantern.mesh.v1.SetLevelRequest;
import dev.lantern.mesh.v1.SetSwitchRequest;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An edit from its preview to its end, and levels with two people, over the real API and database.
@Tag("mesh")
final class PolicyLifeTest {
  private static final String RAIN = "rain-grab-total.yaml";
  private static final String GRAB = "/v1/activities/spring/scenes/a/rounds/1:grab";

  @TempDir static Path dir;
  private static LiveMesh mesh;
  private static ManagedChannel approver;

  @BeforeAll
  static void start() throws Exception {
    mesh = LiveMesh.start(dir);
    approver = mesh.channel("approver", mesh.port("operators.port"), "control-plane");
  }

  @AfterAll
  static void stop() {
    approver.shutdownNow();
    mesh.close();
  }

  /// Levels as the second person sees them.
  private static SwitchServiceGrpc.SwitchServiceBlockingStub asApprover() {
    return SwitchServiceGrpc.newBlockingStub(approver).withDeadlineAfter(8, TimeUnit.SECONDS);
  }

  @Test
  void preview_tellsOfRulesResourcesAndRequests_andChangesNothing() throws Exception {
    for (int i = 0; i < 40; i++) {
      assertThat(mesh.caller.json("POST", GRAB, "{}", mesh.session(i + 1)).status()).isEqualTo(200);
    }
    long before = mesh.rollout().getRevision().getRevision();
    var request =
        PreviewPolicyRequest.newBuilder()
            .addDocuments(
                PolicyDocument.newBuilder().setName(RAIN).setYaml(LiveMeshTest.limit("8/h", "1h")))
            .build();
    EnvoyProcess.await(
        "the log has the requests",
        () -> mesh.policies().previewPolicy(request).getSample().getRequests() >= 40);
    var seen = mesh.policies().previewPolicy(request);
    assertThat(seen.getProblemsList()).allMatch(PolicyProblem::getAdvice);
    assertThat(seen.getRulesList()).hasSize(1);
    assertThat(seen.getRules(0).getChange()).isEqualTo(ChangeKind.CHANGE_KIND_CHANGED);
    assertThat(seen.getRules(0).getValuesList())
        .anyMatch(v -> v.getPath().equals("limit.rate") && v.getAfter().equals("8/h"));
    assertThat(seen.getResourcesList())
        .extracting(ResourceDiff::getType, ResourceDiff::getName)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("ECDS", "limit.rain-grab-total"));
    var grabs =
        seen.getTrafficList().stream().filter(t -> t.getRoute().equals("play.grab")).findFirst();
    assertThat(grabs.orElseThrow().getRefusedBefore()).isZero();
    assertThat(grabs.orElseThrow().getRefusedAfter())
        .isEqualTo(grabs.orElseThrow().getRequests() - 8);
    assertThat(mesh.rollout().getRevision().getRevision()).isEqualTo(before);
  }

  @Test
  void rollback_bringsEveryDocumentBack_andIsInTheRecord() {
    long first = mesh.rollout().getRevision().getRevision();
    String text = yaml(0, RAIN);
    long second = mesh.apply(RAIN, LiveMeshTest.limit("30000/s", "200ms"));
    long third =
        mesh.policies()
            .applyPolicy(
                ApplyPolicyRequest.newBuilder()
                    .addRemove("order-reissue.yaml")
                    .setAuthor("test")
                    .setReason("trial")
                    .setRequestId(UUID.randomUUID().toString())
                    .build())
            .getRevision()
            .getRevision();
    assertThat(documents(third)).doesNotContain("order-reissue.yaml");
    var diff =
        mesh.policies()
            .diffPolicy(
                DiffPolicyRequest.newBuilder().setFromRevision(first).setToRevision(third).build());
    assertThat(diff.getDocumentsList())
        .extracting(one -> one.getName() + " " + one.getChange())
        .containsExactly("order-reissue.yaml CHANGE_KIND_REMOVED", RAIN + " CHANGE_KIND_CHANGED");
    long back =
        mesh.policies()
            .rollbackPolicy(
                RollbackPolicyRequest.newBuilder()
                    .setRevision(first)
                    .setAuthor("test")
                    .setReason("it was better")
                    .setRequestId(UUID.randomUUID().toString())
                    .build())
            .getRevision()
            .getRevision();
    assertThat(List.of(second, third, back)).containsExactly(first + 1, first + 2, first + 3);
    assertThat(yaml(back, RAIN)).isEqualTo(text);
    assertThat(documents(back)).isEqualTo(documents(first));
    assertThat(actions("policy.")).startsWith("policy.rollback done", "policy.apply done");
  }

  @Test
  void ruleThatExpires_isWhatItWasBefore_byItself() {
    String before = yaml(0, RAIN);
    Instant soon = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
    long emergency = mesh.apply(RAIN, LiveMeshTest.limit("4/h", "2h") + "expires: " + soon + "\n");
    assertThat(yaml(0, RAIN)).isNotEqualTo(before);
    EnvoyProcess.await(
        "it has expired", () -> mesh.rollout().getRevision().getRevision() > emergency);
    assertThat(yaml(0, RAIN)).isEqualTo(before);
    assertThat(actions("policy.")).startsWith("policy.expire done");
  }

  @Test
  void proof_namesEachRule_withItsEnvoys() {
    mesh.awaitEdge();
    assertThat(mesh.rollout().getRulesList())
        .anySatisfy(rule -> {
          assertThat(rule.getRuleId()).isEqualTo("rain-grab-total");
          assertThat(rule.getNodes()).isOne();
          assertThat(rule.getAcknowledged()).isOne();
          assertThat(rule.getSlowestNodeId()).isEqualTo("gateway-1");
        });
  }

  @Test
  void highLevel_takesTwoCertificates() {
    LevelChange asked = ask("L3", false);
    assertThat(asked.getState()).isEqualTo(LevelChangeState.LEVEL_CHANGE_STATE_WAITING);
    var approval = ApproveLevelRequest.newBuilder().setChangeId(asked.getChangeId()).build();
    var refused =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> mesh.switches().approveLevel(approval));
    assertThat(Caller.read(refused).reason()).isEqualTo("SELF_APPROVAL");
    assertThat(level()).isEqualTo("L0");
    LevelChange entered = asApprover().approveLevel(approval).getChange();
    assertThat(entered.getSecondCaller()).isEqualTo("approver");
    assertThat(asApprover().approveLevel(approval).getChange()).isEqualTo(entered);
    assertThat(level()).isEqualTo("L3");
    var _ = ask("L0", false);
    assertThat(level()).isEqualTo("L0");
    assertThat(actions("level.")).startsWith("level.enter done", "level.approve done");
  }

  @Test
  void brokenGlass_owesAReviewByAnother() {
    LevelChange change = ask("L4", true);
    assertThat(level()).isEqualTo("L4");
    assertThat(change.getReview()).isEqualTo(LevelReview.LEVEL_REVIEW_DUE);
    var _ = ask("L0", false);
    var review =
        ReviewLevelRequest.newBuilder()
            .setChangeId(change.getChangeId())
            .setNote("right so")
            .build();
    assertThat(asApprover().reviewLevel(review).getChange().getReview())
        .isEqualTo(LevelReview.LEVEL_REVIEW_DONE);
  }

  @Test
  void viewer_seesAll_andChangesNothing() throws Exception {
    ManagedChannel viewer = mesh.channel("viewer", mesh.port("operators.port"), "control-plane");
    try {
      var stub = SwitchServiceGrpc.newBlockingStub(viewer).withDeadlineAfter(8, TimeUnit.SECONDS);
      assertThat(stub.listSwitches(ListSwitchesRequest.getDefaultInstance()).getSwitchesCount())
          .isGreaterThan(20);
      var refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> stub.setSwitch(SetSwitchRequest.newBuilder().setName("play.grab").build()));
      assertThat(Caller.read(refused).reason()).isEqualTo("FORBIDDEN");
    } finally {
      viewer.shutdownNow();
    }
  }

  private static LevelChange ask(String level, boolean breakGlass) {
    var request =
        SetLevelRequest.newBuilder()
            .setLevel(level)
            .setAuthor("test")
            .setReason("trial")
            .setBreakGlass(breakGlass)
            .setRequestId(UUID.randomUUID().toString());
    if (!level.equals("L0")) {
      request.setLasting(Durations.fromSeconds(600));
    }
    return mesh.switches().setLevel(request.build()).getChange();
  }

  private static String level() {
    return mesh.switches().listLevels(ListLevelsRequest.getDefaultInstance()).getLevel();
  }

  private static List<String> actions(String prefix) {
    return mesh
        .policies()
        .listAudit(ListAuditRequest.newBuilder().setActionPrefix(prefix).build())
        .getEventsList()
        .stream()
        .map(PolicyLifeTest::spoken)
        .toList();
  }

  private static String spoken(AuditEvent event) {
    return event.getAction() + " " + event.getOutcome();
  }

  private static List<String> documents(long revision) {
    return mesh
        .policies()
        .getPolicy(GetPolicyRequest.newBuilder().setRevision(revision).build())
        .getDocumentsList()
        .stream()
        .map(PolicyDocument::getName)
        .sorted()
        .toList();
  }

  private static String yaml(long revision, String name) {
    return mesh
        .policies()
        .getPolicy(GetPolicyRequest.newBuilder().setRevision(revision).build())
        .getDocumentsList()
        .stream()
        .filter(document -> document.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getYaml();
  }
}
