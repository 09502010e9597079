package dev.lantern.ordercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.campaign.v1.ApplyCampaignRequest;
import dev.lantern.campaign.v1.Change;
import dev.lantern.campaign.v1.ChangeKind;
import dev.lantern.campaign.v1.DiffCampaignRequest;
import dev.lantern.campaign.v1.GetCampaignRequest;
import dev.lantern.campaign.v1.ListRevisionsRequest;
import dev.lantern.campaign.v1.Revision;
import dev.lantern.campaign.v1.RollbackCampaignRequest;
import dev.lantern.campaign.v1.ValidateCampaignRequest;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Budget;
import dev.lantern.order.v1.GetBudgetRequest;
import dev.lantern.order.v1.GetOrderRequest;
import dev.lantern.order.v1.IssueRewardRequest;
import dev.lantern.order.v1.IssueRewardResponse;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.campaign.CampaignService;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.runtime.errors.Refused;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The role `api` end to end on real engines: from the call of a user to the record in the log.
@Tag("engine")
final class ApiEngineTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String ACTIVITY = "api-test";
  private static final String SMALL = "api-small";
  private static ApiUnderTest api;
  private static ApiUnderTest second;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException, InterruptedException {
    Engines engines = SharedEngines.with(Engine.MARIADB, Engine.REDIS_A, Engine.KAFKA);
    api = new ApiUnderTest(engines, directory, "api-1");
    second = new ApiUnderTest(engines, directory, "api-2");
    apply(ACTIVITY, 1_000_000);
    apply(SMALL, 300);
    await(() -> grab(api, 1).isPresent() && grab(second, 2).isPresent());
  }

  private static void apply(String activity, long totalFen) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var applied =
        api.campaigns()
            .applyCampaign(
                ApplyCampaignRequest.newBuilder()
                    .setDocument(
                        Trees.rain(
                            activity,
                            totalFen,
                            now.minusSeconds(60),
                            now.plus(Duration.ofHours(1))))
                    .setRequestId("apply-" + activity)
                    .build());
    assertThat(applied.getRevision().getRevision()).isEqualTo(1);
  }

  @AfterAll
  static void close() {
    api.close();
    second.close();
  }

  @Test
  void grab_again_givesTheFirstAnswerReplayed() {
    GrabResponse first = grab(100).orElseThrow();
    GrabResponse again = grab(100).orElseThrow();

    assertThat(first.getReplayed()).isFalse();
    assertThat(first.getState()).isEqualTo(OrderState.ORDER_STATE_PROCESSING);
    assertThat(first.getOrderNo()).isEqualTo("100_api-test-rain_1_1_3");
    assertThat(first.getAward().getAmountFen()).isBetween(1L, 20L);
    assertThat(again).isEqualTo(first.toBuilder().setReplayed(true).build());
  }

  @Test
  void fiftyGrabsAtOnce_ofOneUser_getOneAnswer() {
    List<GrabResponse> answers = atOnce(50, _ -> grab(api, 200));
    assertThat(answers).isNotEmpty();
    assertThat(answers)
        .extracting(GrabResponse::getToken)
        .containsOnly(answers.getFirst().getToken());
    assertThat(answers).filteredOn(answer -> !answer.getReplayed()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void twoInstances_neverPromiseMoreThanTheBudget() {
    List<GrabResponse> answers =
        atOnce(120, i -> grab(i % 2 == 0 ? api : second, SMALL, 1_000 + i));
    assertThat(answers).isNotEmpty();
    assertThat(answers.stream().mapToLong(answer -> answer.getAward().getAmountFen()).sum())
        .isLessThanOrEqualTo(300);
  }

  @Test
  void grab_ofAnUndeclaredRound_isRefused() {
    GrabRequest request = grabRequest().toBuilder().setRainId(2).build();
    assertThat(reason(() -> api.play(101).grab(request))).isEqualTo(Reason.REASON_UNDECLARED_ROUND);
  }

  @Test
  void grab_ofAnUnknownActivity_isRefused() {
    GrabRequest request = grabRequest().toBuilder().setActivityId("nobody").build();
    assertThat(reason(() -> api.play(101).grab(request))).isEqualTo(Reason.REASON_UNKNOWN_ACTIVITY);
  }

  @Test
  void issue_withAnotherAmount_isAConflictThatNamesTheField() {
    IssueRewardRequest request = issueRequest(102).setAmountFen(50).build();
    IssueRewardResponse first = api.orders().issueReward(request);
    assertThat(first.getAward().getAmountFen()).isEqualTo(50);

    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> api.orders().issueReward(request.toBuilder().setAmountFen(51).build()));
    assertThat(Failures.refusal(refused).reason()).isEqualTo(Reason.REASON_ORDER_CONFLICT);
    assertThat(Failures.refusal(refused).metadata()).containsEntry("field", "amount_fen");
  }

  @Test
  void issue_overTheCap_isRefused() {
    assertThat(reason(() -> api.orders().issueReward(issueRequest(103).setAmountFen(201).build())))
        .isEqualTo(Reason.REASON_OVER_AMOUNT_CAP);
  }

  @Test
  void getOrder_isTheOwnersAlone() {
    String orderNo = grab(104).orElseThrow().getOrderNo();
    GetOrderRequest request = GetOrderRequest.newBuilder().setOrderNo(orderNo).build();

    assertThat(api.ordersOf(104).getOrder(request).getOrder().getState())
        .isEqualTo(OrderState.ORDER_STATE_PROCESSING);
    assertThat(reason(() -> api.ordersOf(105).getOrder(request)))
        .isEqualTo(Reason.REASON_NOT_YOURS);
  }

  @Test
  void getOrder_whileTheEpochIsYoung_neverSaysNotFound() {
    // No settle role runs here: no epoch is ever set.
    GetOrderRequest request =
        GetOrderRequest.newBuilder().setOrderNo("106_api-test-rain_1_1_3").build();
    assertThat(reason(() -> api.orders().getOrder(request)))
        .isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
  }

  @Test
  void budget_showsWhatIsLeased() {
    Budget budget =
        api.budgets()
            .getBudget(GetBudgetRequest.newBuilder().setBudgetId(ACTIVITY + "-main").build())
            .getBudget();
    assertThat(budget.getTotal()).isEqualTo(1_000_000);
    assertThat(budget.getFree() + budget.getLeased()).isEqualTo(1_000_000);
  }

  @Test
  void tree_ofOneMebibyte_isTaken_andOneByteMoreIsRefusedByItsField() {
    String tree = treeOf(CampaignService.MOST_DOCUMENT_BYTES);
    var applied =
        api.campaigns()
            .applyCampaign(
                ApplyCampaignRequest.newBuilder()
                    .setDocument(tree)
                    .setRequestId("apply-large")
                    .build());
    assertThat(applied.getRevision().getRevision()).isEqualTo(1);
    assertThat(
            api.campaigns()
                .getCampaign(GetCampaignRequest.newBuilder().setActivityId("api-large").build())
                .getDocument())
        .isEqualTo(tree);

    assertThat(refusal(tree + "#").reason()).isEqualTo(Reason.REASON_INVALID_FIELD);
    assertThat(refusal(tree + "#").metadata()).containsEntry("field", "document");
    Refused larger = refusal(tree + tree.substring(0, 100_000));
    assertThat(larger.reason()).isEqualTo(Reason.REASON_TOO_LARGE);
    assertThat(larger.metadata()).containsEntry("field", "document");
  }

  @Test
  void trees_areCompared_listedByPages_andRolledBack() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String tree = Trees.rain("api-back", 1_000, now, now.plus(Duration.ofHours(1)));
    String retitled = tree.replace("title: Red packet", "title: Another");
    Revision first = api.campaigns().applyCampaign(applied(tree, "", "back-1")).getRevision();
    var preview =
        api.campaigns()
            .diffCampaign(DiffCampaignRequest.newBuilder().setDocument(retitled).build());
    assertThat(preview.getFrom()).isEqualTo(first);
    assertThat(preview.hasTo()).isFalse();
    assertThat(preview.getChangesList())
        .containsExactly(
            Change.newBuilder()
                .setPath("children[api-back-official].rewards[cash-main].title")
                .setKind(ChangeKind.CHANGE_KIND_CHANGED)
                .setOldValue("Red packet")
                .setNewValue("Another")
                .build());

    Revision second =
        api.campaigns().applyCampaign(applied(retitled, first.getEtag(), "back-2")).getRevision();
    RollbackCampaignRequest back =
        RollbackCampaignRequest.newBuilder()
            .setActivityId("api-back")
            .setRevision(1)
            .setEtag(second.getEtag())
            .setRequestId("back-3")
            .setReason("as it was")
            .build();
    Revision third = api.campaigns().rollbackCampaign(back).getRevision();
    assertThat(third.getRevision()).isEqualTo(3);
    assertThat(third.getRollbackOf()).isEqualTo(1);
    assertThat(third.getAuthor()).isEqualTo("operator");
    assertThat(api.campaigns().rollbackCampaign(back).getRevision()).isEqualTo(third);
    assertThat(
            reason(() ->
                api.campaigns()
                    .rollbackCampaign(back.toBuilder().setRevision(7).setRequestId("x").build())))
        .isEqualTo(Reason.REASON_NOT_FOUND);
    assertThat(
            api.campaigns()
                .diffCampaign(
                    DiffCampaignRequest.newBuilder()
                        .setActivityId("api-back")
                        .setFromRevision(1)
                        .setToRevision(3)
                        .build())
                .getChangesList())
        .isEmpty();

    var list = ListRevisionsRequest.newBuilder().setActivityId("api-back").setPageSize(2);
    var page = api.campaigns().listRevisions(list.build());
    assertThat(page.getRevisionsList()).containsExactly(third, second);
    var rest = api.campaigns().listRevisions(list.setPageToken(page.getNextPageToken()).build());
    assertThat(rest.getRevisionsList()).containsExactly(first);
    assertThat(rest.getNextPageToken()).isEmpty();
  }

  private static ApplyCampaignRequest applied(String document, String etag, String requestId) {
    return ApplyCampaignRequest.newBuilder()
        .setDocument(document)
        .setEtag(etag)
        .setRequestId(requestId)
        .build();
  }

  private static String treeOf(int bytes) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String tree = Trees.rain("api-large", 1_000, now, now.plus(Duration.ofHours(1)));
    String more = "\n# Why this scene is as it is, and who asked for it.".repeat(bytes / 40);
    return (tree + more).substring(0, bytes);
  }

  private static Refused refusal(String tree) {
    var request = ValidateCampaignRequest.newBuilder().setDocument(tree).build();
    var refused =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> api.campaigns().validateCampaign(request));
    return Failures.refusedBy(refused).orElseThrow(() -> refused);
  }

  private static IssueRewardRequest.Builder issueRequest(long actId) {
    return IssueRewardRequest.newBuilder()
        .setActId(actId)
        .setAppId(7)
        .setActivityId(ACTIVITY)
        .setSceneId(ACTIVITY + "-rain")
        .setRainId(1)
        .setAwardType(AwardType.AWARD_TYPE_CASH_RED_PACKET);
  }

  private static GrabRequest grabRequest() {
    return GrabRequest.newBuilder()
        .setActivityId(ACTIVITY)
        .setSceneId(ACTIVITY + "-rain")
        .setRainId(1)
        .build();
  }

  private static Optional<GrabResponse> grab(long actId) {
    return grab(api, actId);
  }

  private static Optional<GrabResponse> grab(ApiUnderTest instance, long actId) {
    return grab(instance, ACTIVITY, actId);
  }

  private static Optional<GrabResponse> grab(ApiUnderTest instance, String activity, long actId) {
    GrabRequest request =
        grabRequest().toBuilder().setActivityId(activity).setSceneId(activity + "-rain").build();
    try {
      return Optional.of(instance.play(actId).grab(request));
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  private static List<GrabResponse> atOnce(int calls, IntFunction<Optional<GrabResponse>> call) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<GrabResponse>>> running = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        int index = i;
        running.add(threads.submit(() -> call.apply(index)));
      }
      return running.stream().map(ApiEngineTest::result).flatMap(Optional::stream).toList();
    }
  }

  private static Optional<GrabResponse> result(Future<Optional<GrabResponse>> running) {
    try {
      return running.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static Reason reason(ThrowingCallable call) {
    return Failures.refusal(catchThrowableOfType(StatusRuntimeException.class, call)).reason();
  }

  private static void await(Supplier<Boolean> condition) {
    Instant end = Instant.now().plus(SOON);
    while (!condition.get()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
