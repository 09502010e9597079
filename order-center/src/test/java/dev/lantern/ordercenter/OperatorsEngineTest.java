package dev.lantern.ordercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.campaign.v1.ApplyCampaignRequest;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AdjustBudgetRequest;
import dev.lantern.order.v1.AdjustBudgetRequest.Kind;
import dev.lantern.order.v1.Balance;
import dev.lantern.order.v1.Budget;
import dev.lantern.order.v1.BudgetGuard;
import dev.lantern.order.v1.ForceSettleRequest;
import dev.lantern.order.v1.ForceSettleResponse;
import dev.lantern.order.v1.GetBalancesRequest;
import dev.lantern.order.v1.GetBudgetRequest;
import dev.lantern.order.v1.GetOrderRequest;
import dev.lantern.order.v1.GuardBudgetRequest;
import dev.lantern.order.v1.ListBudgetsRequest;
import dev.lantern.order.v1.ListOrdersRequest;
import dev.lantern.order.v1.ListOrdersResponse;
import dev.lantern.order.v1.ListParkedRequest;
import dev.lantern.order.v1.ListPostingsRequest;
import dev.lantern.order.v1.ListPostingsResponse;
import dev.lantern.order.v1.OrderState;
import dev.lantern.order.v1.ResolveParkedRequest;
import dev.lantern.order.v1.ResumeParkedRequest;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.wallet.v1.Purse;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators and other services ask of the role `api`, as production wires it.
@Tag("engine")
final class OperatorsEngineTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String ACTIVITY = "operators-test";
  private static final String BUDGET = ACTIVITY + "-main";
  private static ApiUnderTest api;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException, InterruptedException {
    Engines engines = SharedEngines.with(Engine.MARIADB, Engine.REDIS_A, Engine.KAFKA);
    api = new ApiUnderTest(engines, directory, "api-7");
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String tree =
        Trees.rain(ACTIVITY, 100_000, now.minusSeconds(60), now.plus(Duration.ofHours(1)))
            .replace("template_id: t-1", "template_id: operators-1");
    var _ =
        api.campaigns()
            .applyCampaign(
                ApplyCampaignRequest.newBuilder()
                    .setDocument(tree)
                    .setRequestId("apply-" + ACTIVITY)
                    .build());
    await(() -> grab(1).isPresent());
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void forceSettle_booksWhatTheUserWasPromised_once() {
    GrabResponse grabbed = grab(10).orElseThrow();
    ForceSettleRequest request = ForceSettleRequest.newBuilder().setActId(10).build();

    ForceSettleResponse forced = api.accounting().forceSettle(request);
    assertThat(forced.getBookedList())
        .extracting(order -> order.getOrderNo() + " " + order.getAmountFen())
        .containsExactly(grabbed.getOrderNo() + " " + grabbed.getAward().getAmountFen());
    assertThat(forced.getRemainingList()).isEmpty();
    assertThat(
            api.ordersOf(10)
                .getOrder(GetOrderRequest.newBuilder().setOrderNo(grabbed.getOrderNo()).build())
                .getOrder()
                .getState())
        .isEqualTo(OrderState.ORDER_STATE_SUCCESS);
    assertThat(api.accounting().forceSettle(request))
        .isEqualTo(ForceSettleResponse.getDefaultInstance());
  }

  @Test
  void books_ofAUser_areTheirs_andReadByOthersOnRecordAlone() {
    GrabResponse grabbed = grab(20).orElseThrow();
    ListOrdersRequest own = ListOrdersRequest.newBuilder().setActivityId(ACTIVITY).build();
    assertThat(api.ordersOf(20).listOrders(own).getOrdersList())
        .extracting(order -> order.getOrderNo() + " " + order.getState())
        .containsExactly(grabbed.getOrderNo() + " " + OrderState.ORDER_STATE_PROCESSING);
    var _ = api.accounting().forceSettle(ForceSettleRequest.newBuilder().setActId(20).build());
    ListOrdersResponse booked = api.ordersOf(20).listOrders(own);
    assertThat(booked.getOrdersList())
        .extracting(order -> order.getActivityId() + " " + order.getState())
        .containsExactly(ACTIVITY + "-official " + OrderState.ORDER_STATE_SUCCESS);
    // No settlement keeps an epoch here: whether tokens were lost is not known.
    assertThat(booked.getDegradedSourcesList()).containsExactly("tokens");
    assertThat(api.ordersOf(21).listOrders(own).getOrdersList()).isEmpty();
    assertThat(refusal(() -> api.ordersOf(21).listOrders(own.toBuilder().setActId(20).build())))
        .isEqualTo(Reason.REASON_NOT_YOURS);

    assertThat(refusal(() -> api.orders().listOrders(own))).isEqualTo(Reason.REASON_INVALID_FIELD);
    ListOrdersRequest silent = own.toBuilder().setActId(20).build();
    assertThat(refusal(() -> api.orders().listOrders(silent)))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
    long before = audited("orders.list");
    assertThat(
            api.orders()
                .listOrders(silent.toBuilder().setReason("a complaint").build())
                .getOrdersList())
        .isEqualTo(booked.getOrdersList());
    assertThat(audited("orders.list")).isEqualTo(before + 1);
  }

  @Test
  void balancesAndPostings_areOfTheChildNamed_alone() {
    long fen = grab(30).orElseThrow().getAward().getAmountFen();
    var _ = api.accounting().forceSettle(ForceSettleRequest.newBuilder().setActId(30).build());
    GetBalancesRequest balances =
        GetBalancesRequest.newBuilder()
            .setActId(30)
            .addChildActivityIds(ACTIVITY + "-official")
            .addChildActivityIds(ACTIVITY + "-grey")
            .setReason("a complaint")
            .build();
    assertThat(api.accounting().getBalances(balances).getBalancesList())
        .containsExactly(
            Balance.newBuilder()
                .setActivityId(ACTIVITY + "-official")
                .setPurse(Purse.PURSE_CASH)
                .setBookedFen(fen)
                .setIncomeFen(fen)
                .build());
    ListPostingsRequest postings =
        ListPostingsRequest.newBuilder()
            .setActId(30)
            .setChildActivityId(ACTIVITY + "-official")
            .setReason("a complaint")
            .setPageSize(1)
            .build();
    ListPostingsResponse moved = api.accounting().listPostings(postings);
    assertThat(moved.getPostingsList())
        .extracting(posting -> posting.getDebitAccount() + " " + posting.getAmountFen())
        .containsExactly("cost:" + ACTIVITY + "-official " + fen);
    assertThat(moved.getNextPageToken()).isEmpty();
    assertThat(
            api.accounting()
                .listPostings(postings.toBuilder().setChildActivityId(ACTIVITY + "-grey").build())
                .getPostingsList())
        .isEmpty();
    assertThat(
            refusal(() -> api.accounting().getBalances(balances.toBuilder().clearReason().build())))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
    assertThat(audited("balances.get")).isPositive();
    assertThat(audited("postings.list")).isPositive();
  }

  private static long audited(String action) {
    return api.one("select count(*) as n from audit where action = ?", action);
  }

  @Test
  void frozenBudget_refusesGrabs_untilItIsUnfrozen() {
    Budget frozen = adjust("freeze-1", Kind.KIND_FREEZE, 0);
    assertThat(frozen.getFrozen()).isTrue();
    await(() -> refusal(() -> api.play(newUser()).grab(request())) == Reason.REASON_BUDGET_FROZEN);

    Budget shown =
        api.budgets()
            .getBudget(GetBudgetRequest.newBuilder().setTemplateId("operators-1").build())
            .getBudget();
    assertThat(shown.getBudgetId()).isEqualTo(BUDGET);
    assertThat(shown.getFrozen()).isTrue();
    assertThat(shown.getFree() + shown.getLeased() + shown.getBooked() + shown.getParked())
        .isEqualTo(shown.getTotal());

    assertThat(adjust("unfreeze-1", Kind.KIND_UNFREEZE, 0).getFrozen()).isFalse();
    await(() -> grab(newUser()).isPresent());
  }

  @Test
  void adjustments_areCheckedAndDoneOnce() {
    long total = adjust("top-1", Kind.KIND_TOP_UP, 500).getTotal();
    assertThat(adjust("top-1", Kind.KIND_TOP_UP, 500).getTotal()).isEqualTo(total);
    assertThat(refusal(() -> adjust("top-1", Kind.KIND_TOP_UP, 501)))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
    assertThat(refusal(() -> adjust("cut-1", Kind.KIND_CUT, 10_000_000)))
        .isEqualTo(Reason.REASON_CUT_TOO_LARGE);
    assertThat(refusal(() -> adjust("cut-2", Kind.KIND_CUT, 0)))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
    assertThat(refusal(() -> adjust("freeze-2", Kind.KIND_FREEZE, 5)))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
    BudgetGuard guard = BudgetGuard.newBuilder().setAlarmPerSecond(1_000_000).build();
    assertThat(
            api.budgets()
                .guardBudget(
                    GuardBudgetRequest.newBuilder()
                        .setBudgetId(BUDGET)
                        .setGuard(guard)
                        .setRequestId("guard-1")
                        .setReason("a test")
                        .build())
                .getBudget()
                .getGuard())
        .isEqualTo(guard);
  }

  @Test
  void budgets_areNamedOneWay_andListed() {
    assertThat(
            refusal(() ->
                api.budgets()
                    .getBudget(
                        GetBudgetRequest.newBuilder()
                            .setBudgetId(BUDGET)
                            .setTemplateId("operators-1")
                            .build())))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
    assertThat(refusal(() -> api.budgets().getBudget(GetBudgetRequest.getDefaultInstance())))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
    assertThat(
            refusal(() ->
                api.budgets()
                    .getBudget(GetBudgetRequest.newBuilder().setTemplateId("nothing").build())))
        .isEqualTo(Reason.REASON_NOT_FOUND);
    assertThat(
            api.budgets()
                .listBudgets(ListBudgetsRequest.newBuilder().setActivityId(ACTIVITY).build())
                .getBudgetsList())
        .extracting(Budget::getBudgetId)
        .containsExactly(BUDGET);
  }

  @Test
  void parked_ofNothing_isToldPlainly() {
    var _ = api.parked().listParked(ListParkedRequest.getDefaultInstance());
    assertThat(
            refusal(() ->
                api.parked()
                    .listParked(ListParkedRequest.newBuilder().setPageToken("nonsense").build())))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
    assertThat(
            api.parked()
                .resumeParked(
                    ResumeParkedRequest.newBuilder()
                        .setOrderNo("7_nowhere_1_1_3")
                        .setActId(7)
                        .setRequestId("resume-1")
                        .setReason("a test")
                        .build())
                .getResumedCount())
        .isZero();
    ResolveParkedRequest.Builder resolve =
        ResolveParkedRequest.newBuilder()
            .setOrderNo("7_nowhere_1_1_3")
            .setActId(7)
            .setRequestId("resolve-1")
            .setReason("a test");
    assertThat(
            refusal(() ->
                api.parked()
                    .resolveParked(
                        resolve
                            .setDecision(ResolveParkedRequest.Decision.DECISION_DISCARD)
                            .build())))
        .isEqualTo(Reason.REASON_NOT_PARKED);
    assertThat(
            refusal(() ->
                api.parked()
                    .resolveParked(
                        resolve.setDecision(ResolveParkedRequest.Decision.DECISION_PAY).build())))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
  }

  private static long newUser() {
    return 1_000 + System.nanoTime() % 1_000_000_000;
  }

  private static Budget adjust(String requestId, Kind kind, long amount) {
    return api.budgets()
        .adjustBudget(
            AdjustBudgetRequest.newBuilder()
                .setBudgetId(BUDGET)
                .setKind(kind)
                .setAmount(amount)
                .setRequestId(requestId)
                .setReason("a test")
                .build())
        .getBudget();
  }

  private static GrabRequest request() {
    return GrabRequest.newBuilder()
        .setActivityId(ACTIVITY)
        .setSceneId(ACTIVITY + "-rain")
        .setRainId(1)
        .build();
  }

  private static Optional<GrabResponse> grab(long actId) {
    try {
      return Optional.of(api.play(actId).grab(request()));
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  private static Reason refusal(ThrowingCallable call) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
    return refused == null
        ? Reason.REASON_UNSPECIFIED
        : Failures.refusedBy(refused).orElseThrow(() -> refused).reason();
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(SOON);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
