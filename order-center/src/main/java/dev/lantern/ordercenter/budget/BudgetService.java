package dev.lantern.ordercenter.budget;

import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AdjustBudgetRequest;
import dev.lantern.order.v1.AdjustBudgetResponse;
import dev.lantern.order.v1.Budget;
import dev.lantern.order.v1.BudgetServiceGrpc;
import dev.lantern.order.v1.CloseLeasesRequest;
import dev.lantern.order.v1.CloseLeasesResponse;
import dev.lantern.order.v1.GetBudgetRequest;
import dev.lantern.order.v1.GetBudgetResponse;
import dev.lantern.order.v1.GuardBudgetRequest;
import dev.lantern.order.v1.GuardBudgetResponse;
import dev.lantern.order.v1.ListBudgetsRequest;
import dev.lantern.order.v1.ListBudgetsResponse;
import dev.lantern.order.v1.ListLeasesRequest;
import dev.lantern.order.v1.ListLeasesResponse;
import dev.lantern.ordercenter.budget.BudgetControl.Adjusted;
import dev.lantern.ordercenter.budget.BudgetControl.Adjusted.Done;
import dev.lantern.ordercenter.budget.BudgetControl.Adjustment;
import dev.lantern.ordercenter.budget.BudgetReader.Figures;
import dev.lantern.ordercenter.budget.BudgetReader.LeaseView;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The contract `lantern.order.v1.BudgetService` over [BudgetReader], [BudgetControl] and
/// [LeaseEnding].
public final class BudgetService extends BudgetServiceGrpc.BudgetServiceImplBase {
  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 100;

  private static final int DEFAULT_BUDGETS = 20;
  private static final Duration RATE_OVER = Duration.ofSeconds(65);

  private final BudgetReader budgets;
  private final BudgetControl control;
  private final LeaseEnding ending;
  private final Payers payers;
  private final Clock clock;

  public BudgetService(
      BudgetReader budgets, BudgetControl control, LeaseEnding ending, Payers payers, Clock clock) {
    this.budgets = budgets;
    this.control = control;
    this.ending = ending;
    this.payers = payers;
    this.clock = clock;
  }

  @Override
  public void getBudget(GetBudgetRequest request, StreamObserver<GetBudgetResponse> observer) {
    String budgetId = budgetId(request);
    Budget budget = read(budgetId);
    observer.onNext(GetBudgetResponse.newBuilder().setBudget(budget).build());
    observer.onCompleted();
  }

  private String budgetId(GetBudgetRequest request) {
    boolean byId = !request.getBudgetId().isEmpty();
    if (byId != request.getTemplateId().isEmpty()) {
      throw Refused.of(
              Reason.REASON_INVALID_FIELD, "name either the budget or the template of a reward")
          .field("budget_id");
    }
    if (byId) {
      return request.getBudgetId();
    }
    Set<String> paying = payers.ofTemplate(request.getTemplateId());
    if (paying.size() > 1) {
      throw Refused.of(
              Reason.REASON_INVALID_FIELD, "several budgets pay it: " + new TreeSet<>(paying))
          .field("template_id");
    }
    return paying.stream()
        .findFirst()
        .orElseThrow(() ->
            Refused.of(
                    Reason.REASON_NOT_FOUND, "no budget pays template " + request.getTemplateId())
                .field("template_id"));
  }

  @Override
  public void listBudgets(
      ListBudgetsRequest request, StreamObserver<ListBudgetsResponse> observer) {
    int size =
        request.getPageSize() == 0
            ? DEFAULT_BUDGETS
            : Math.min(request.getPageSize(), LARGEST_PAGE);
    Instant asOf = clock.now().wall();
    List<BudgetReader.Named> page =
        budgets.list(request.getActivityId(), request.getPageToken(), size + 1);
    ListBudgetsResponse.Builder response = ListBudgetsResponse.newBuilder();
    page.stream()
        .limit(size)
        .map(named -> message(named.budgetId(), named.figures(), asOf))
        .forEach(response::addBudgets);
    if (page.size() > size) {
      response.setNextPageToken(page.get(size - 1).budgetId());
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void adjustBudget(
      AdjustBudgetRequest request, StreamObserver<AdjustBudgetResponse> observer) {
    Adjustment adjustment =
        BudgetMessages.adjustment(request.getKind())
            .orElseThrow(
                () -> Refused.of(Reason.REASON_INVALID_FIELD, "no such adjustment").field("kind"));
    boolean ofMoney = adjustment == Adjustment.TOP_UP || adjustment == Adjustment.CUT;
    if (ofMoney != request.getAmount() > 0) {
      throw Refused.of(
              Reason.REASON_INVALID_FIELD, ofMoney ? "name an amount" : "a freeze has no amount")
          .field("amount");
    }
    OperatorRequest asked =
        new OperatorRequest(
            request.getRequestId(),
            "budget.adjust",
            request.getBudgetId(),
            BudgetMessages.digest(request.toBuilder().clearRequestId().clearReason().build()),
            RequestContext.current().caller().toString(),
            adjustment + " " + request.getAmount() + ": " + request.getReason());
    Done done =
        done(
            request.getBudgetId(),
            control.adjust(asked, request.getBudgetId(), adjustment, request.getAmount()));
    observer.onNext(
        AdjustBudgetResponse.newBuilder()
            .setBudget(read(request.getBudgetId()))
            .setApplied(done.applied())
            .setReplayed(done.replayed())
            .build());
    observer.onCompleted();
  }

  @Override
  public void guardBudget(
      GuardBudgetRequest request, StreamObserver<GuardBudgetResponse> observer) {
    OperatorRequest asked =
        new OperatorRequest(
            request.getRequestId(),
            "budget.guard",
            request.getBudgetId(),
            BudgetMessages.digest(request.toBuilder().clearRequestId().clearReason().build()),
            RequestContext.current().caller().toString(),
            request.getReason());
    var _ =
        done(
            request.getBudgetId(),
            control.guard(asked, request.getBudgetId(), BudgetMessages.guard(request.getGuard())));
    observer.onNext(
        GuardBudgetResponse.newBuilder().setBudget(read(request.getBudgetId())).build());
    observer.onCompleted();
  }

  private static Done done(String budgetId, Adjusted adjusted) {
    return switch (adjusted) {
      case Done done -> done;
      case Adjusted.Reused() -> throw reused();
      case Adjusted.NoBudget() -> throw noBudget(budgetId);
      case Adjusted.TooLarge(long largest) ->
          throw Refused.of(
                  Reason.REASON_CUT_TOO_LARGE,
                  "at most " + largest + " can be cut; the rest is booked or parked")
              .field("amount");
    };
  }

  private static Refused reused() {
    return Refused.of(Reason.REASON_INVALID_FIELD, "this request_id was used for another request")
        .field("request_id");
  }

  private Budget read(String budgetId) {
    Instant asOf = clock.now().wall();
    return message(budgetId, figures(budgetId), asOf);
  }

  private Budget message(String budgetId, Figures figures, Instant asOf) {
    return BudgetMessages.budget(
        budgetId,
        figures,
        budgets.sampleOf(budgetId, asOf, RATE_OVER),
        payers.thresholdPercent(budgetId),
        asOf);
  }

  @Override
  public void listLeases(ListLeasesRequest request, StreamObserver<ListLeasesResponse> observer) {
    int size =
        request.getPageSize() == 0 ? DEFAULT_PAGE : Math.min(request.getPageSize(), LARGEST_PAGE);
    List<LeaseView> page =
        budgets.leases(request.getBudgetId(), before(request.getPageToken()), size + 1);
    ListLeasesResponse.Builder response = ListLeasesResponse.newBuilder();
    page.stream()
        .limit(size)
        .map(lease -> BudgetMessages.lease(request.getBudgetId(), lease))
        .forEach(response::addLeases);
    if (page.size() > size) {
      response.setNextPageToken(Long.toString(page.get(size - 1).leaseId()));
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void closeLeases(
      CloseLeasesRequest request, StreamObserver<CloseLeasesResponse> observer) {
    String budgetId = request.getBudgetId();
    if (request.getEndPresentation() && request.getReason().isBlank()) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "say why the window ends").field("reason");
    }
    figures(budgetId);
    OperatorRequest asked =
        new OperatorRequest(
            request.getRequestId(),
            "budget.close-leases",
            budgetId,
            BudgetMessages.digest(request.toBuilder().clearRequestId().clearReason().build()),
            RequestContext.current().caller().toString(),
            request.getReason());
    LeaseEnding.Ended.Done done =
        switch (ending.end(asked, budgetId, request.getEndPresentation())) {
          case LeaseEnding.Ended.Done ended -> ended;
          case LeaseEnding.Ended.Reused() -> throw reused();
        };
    LeaseEnding.Left left = ending.left(budgetId);
    observer.onNext(
        CloseLeasesResponse.newBuilder()
            .setMarkedCount(done.marked())
            .setUnclosedCount(left.unclosed())
            .setEndedCount(done.windows())
            .setFrozenCount(left.frozen())
            .build());
    observer.onCompleted();
  }

  private Figures figures(String budgetId) {
    return budgets.figures(budgetId).orElseThrow(() -> noBudget(budgetId));
  }

  private static Refused noBudget(String budgetId) {
    return Refused.of(Reason.REASON_NOT_FOUND, "no budget " + budgetId).field("budget_id");
  }

  private static long before(String pageToken) {
    try {
      return pageToken.isEmpty() ? Long.MAX_VALUE : Long.parseLong(pageToken);
    } catch (NumberFormatException e) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "not a page token of this list")
          .field("page_token");
    }
  }
}
