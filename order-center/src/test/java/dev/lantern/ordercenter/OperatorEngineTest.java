package dev.lantern.ordercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.campaign.v1.ApplyCampaignRequest;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.ApproveReissueRequest;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.CreateReissueRequest;
import dev.lantern.order.v1.CreateReissueResponse;
import dev.lantern.order.v1.ManifestHeader;
import dev.lantern.order.v1.ManifestRow;
import dev.lantern.order.v1.ManifestScope;
import dev.lantern.order.v1.ReissueHeader;
import dev.lantern.order.v1.ReissueRow;
import dev.lantern.order.v1.ReissueState;
import dev.lantern.order.v1.SubmitManifestRequest;
import dev.lantern.order.v1.SubmitManifestResponse;
import dev.lantern.order.v1.ToldOutcome;
import dev.lantern.runtime.errors.Failures;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators hand in, over mutual TLS: streams, and who a caller is by their certificate.
@Tag("engine")
final class OperatorEngineTest {
  private static final String ACTIVITY = "operated";
  private static ApiUnderTest api;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException, InterruptedException {
    Engines engines = SharedEngines.with(Engine.MARIADB, Engine.REDIS_A, Engine.KAFKA);
    api = new ApiUnderTest(engines, directory, "api-operated");
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var _ =
        api.campaigns()
            .applyCampaign(
                ApplyCampaignRequest.newBuilder()
                    .setDocument(
                        Trees.rain(
                            ACTIVITY, 10_000, now.minusSeconds(60), now.plus(Duration.ofHours(1))))
                    .setRequestId("apply-" + ACTIVITY)
                    .build());
    Instant until = Instant.now().plusSeconds(30);
    while (!isKnown() && Instant.now().isBefore(until)) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void manifest_again_isTheFirstOne_andOtherRowsUnderItsNameAreRefused() {
    SubmitManifestResponse first = submit("m-1", List.of(row(1), row(2)));
    SubmitManifestResponse again = submit("m-1", List.of(row(1), row(2)));

    assertThat(first.getRowCount()).isEqualTo(2);
    assertThat(first.getAcceptedFen()).isEqualTo(20);
    assertThat(again).isEqualTo(first.toBuilder().setReplayed(true).build());
    assertThat(refusal(() -> submit("m-1", List.of(row(1)))))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
  }

  @Test
  void manifest_thatTellsAnOrderTwice_isRefused_andKeepsNothing() {
    assertThat(refusal(() -> submit("m-2", List.of(row(1), row(1)))))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
    assertThat(submit("m-2", List.of(row(3))).getReplayed()).isFalse();
  }

  @Test
  void reissue_isApprovedBySomebodyElse_asCertificatesTell() {
    String id = create(entitlement(501, 10)).getReissue().getReissueId();

    assertThat(refusal(() -> approve("operator", id))).isEqualTo(Reason.REASON_SELF_APPROVAL);
    assertThat(approve("approver", id)).isEqualTo(ReissueState.REISSUE_STATE_RUNNING);
    // The same call again, its first answer lost.
    assertThat(approve("approver", id)).isEqualTo(ReissueState.REISSUE_STATE_RUNNING);
  }

  @Test
  void reissue_ofAnOrderWhoseRoundIsOpen_isRefused() {
    ReissueRow order =
        ReissueRow.newBuilder().setOrderNo("17_operated-rain_1_1_3").setAmountFen(10).build();
    assertThat(refusal(() -> create(order))).isEqualTo(Reason.REASON_ROUND_NOT_CLOSED);
  }

  private static Reason refusal(ThrowingCallable call) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
    return Failures.refusedBy(refused).orElseThrow(() -> refused).reason();
  }

  /// The instance takes a second to know the campaign.
  private static boolean isKnown() {
    try {
      var _ = submit("probe", List.of());
      return true;
    } catch (StatusRuntimeException notYet) {
      return false;
    }
  }

  private static ReissueState approve(String who, String id) {
    return api.reissues(who)
        .approveReissue(
            ApproveReissueRequest.newBuilder().setReissueId(id).setRequestId("a").build())
        .getReissue()
        .getState();
  }

  private static CreateReissueResponse create(ReissueRow row) {
    ReissueHeader header =
        ReissueHeader.newBuilder()
            .setCause("a trial")
            .setActivityId(ACTIVITY)
            .setReason("owed")
            .setRequestId("r")
            .setRowCapFen(100)
            .setTotalCapFen(1_000)
            .setRowsPerSecond(10)
            .build();
    return send(
        api.reissueStream()::createReissue,
        List.of(
            CreateReissueRequest.newBuilder().setHeader(header).build(),
            CreateReissueRequest.newBuilder().addRows(row).build()));
  }

  private static ReissueRow entitlement(long actId, long fen) {
    return ReissueRow.newBuilder()
        .setActId(actId)
        .setChildActivityId(ACTIVITY + "-official")
        .setRewardId("cash-main")
        .setAmountFen(fen)
        .build();
  }

  private static SubmitManifestResponse submit(String requestId, List<ManifestRow> rows) {
    ManifestHeader header =
        ManifestHeader.newBuilder()
            .setScope(
                ManifestScope.newBuilder()
                    .setActivityId(ACTIVITY)
                    .setSceneId(ACTIVITY + "-rain")
                    .setRainId(1))
            .setSource("app")
            .setRequestId(requestId)
            .build();
    return send(
        api.reconciliationStream()::submitManifest,
        List.of(
            SubmitManifestRequest.newBuilder().setHeader(header).build(),
            SubmitManifestRequest.newBuilder().addAllRows(rows).build()));
  }

  private static ManifestRow row(long actId) {
    return ManifestRow.newBuilder()
        .setActId(actId)
        .setSceneId(ACTIVITY + "-rain")
        .setRainId(1)
        .setAwardType(AwardType.AWARD_TYPE_CASH_RED_PACKET)
        .setAmountFen(10)
        .setOutcome(ToldOutcome.TOLD_OUTCOME_ACCEPTED)
        .build();
  }

  private static <Q, A> A send(Function<StreamObserver<A>, StreamObserver<Q>> method, List<Q> all) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    StreamObserver<Q> stream =
        method.apply(
            new StreamObserver<>() {
              @Override
              public void onNext(A value) {
                answer.complete(value);
              }

              @Override
              public void onError(Throwable error) {
                answer.completeExceptionally(error);
              }

              @Override
              public void onCompleted() {}
            });
    all.forEach(stream::onNext);
    stream.onCompleted();
    try {
      return answer.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (StatusRuntimeException) e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
