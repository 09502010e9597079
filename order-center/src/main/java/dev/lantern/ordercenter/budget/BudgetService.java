package dev.lantern.ordercenter.budget;

import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.Budget;
import dev.lantern.order.v1.BudgetServiceGrpc;
import dev.lantern.order.v1.CloseLeasesRequest;
import dev.lantern.order.v1.CloseLeasesResponse;
import dev.lantern.order.v1.GetBudgetRequest;
import dev.lantern.order.v1.GetBudgetResponse;
import dev.lantern.order.v1.Lease;
import dev.lantern.order.v1.ListLeasesRequest;
import dev.lantern.order.v1.ListLeasesResponse;
import dev.lantern.ordercenter.budget.BudgetReader.Figures;
import dev.lantern.ordercenter.budget.BudgetReader.LeaseView;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;

/// The contract `lantern.order.v1.BudgetService` over [BudgetReader].
public final class BudgetService extends BudgetServiceGrpc.BudgetServiceImplBase {
  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 100;

  private final BudgetReader budgets;
  private final Clock clock;

  public BudgetService(BudgetReader budgets, Clock clock) {
    this.budgets = budgets;
    this.clock = clock;
  }

  @Override
  public void getBudget(GetBudgetRequest request, StreamObserver<GetBudgetResponse> observer) {
    Instant asOf = clock.now().wall();
    Figures figures = figures(request.getBudgetId());
    Budget budget =
        Budget.newBuilder()
            .setBudgetId(request.getBudgetId())
            .setTotal(figures.total())
            .setFree(figures.free())
            .setLeased(figures.leased())
            .setBooked(figures.booked())
            .setParked(figures.parked())
            .setOpenLeases(figures.openLeases())
            .setAsOfTime(timestamp(asOf))
            .build();
    observer.onNext(GetBudgetResponse.newBuilder().setBudget(budget).build());
    observer.onCompleted();
  }

  @Override
  public void listLeases(ListLeasesRequest request, StreamObserver<ListLeasesResponse> observer) {
    int size =
        request.getPageSize() == 0 ? DEFAULT_PAGE : Math.min(request.getPageSize(), LARGEST_PAGE);
    List<LeaseView> page =
        budgets.leases(request.getBudgetId(), before(request.getPageToken()), size + 1);
    ListLeasesResponse.Builder response = ListLeasesResponse.newBuilder();
    page.stream().limit(size).map(lease -> lease(request, lease)).forEach(response::addLeases);
    if (page.size() > size) {
      response.setNextPageToken(Long.toString(page.get(size - 1).leaseId()));
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void closeLeases(
      CloseLeasesRequest request, StreamObserver<CloseLeasesResponse> observer) {
    figures(request.getBudgetId());
    BudgetReader.Closing closing =
        budgets.closeLeases(
            request.getBudgetId(),
            RequestContext.current().caller().toString(),
            request.getRequestId(),
            request.getReason());
    observer.onNext(
        CloseLeasesResponse.newBuilder()
            .setMarkedCount(closing.marked())
            .setUnclosedCount(closing.unclosed())
            .build());
    observer.onCompleted();
  }

  private Figures figures(String budgetId) {
    return budgets
        .figures(budgetId)
        .orElseThrow(
            () -> Refused.of(Reason.REASON_NOT_FOUND, "no budget " + budgetId).field("budget_id"));
  }

  private static long before(String pageToken) {
    try {
      return pageToken.isEmpty() ? Long.MAX_VALUE : Long.parseLong(pageToken);
    } catch (NumberFormatException e) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "not a page token of this list")
          .field("page_token");
    }
  }

  private static Lease lease(ListLeasesRequest request, LeaseView lease) {
    return Lease.newBuilder()
        .setLeaseId(lease.leaseId())
        .setBudgetId(request.getBudgetId())
        .setHolder(lease.holder())
        .setSlice(lease.slice())
        .setBooked(lease.booked())
        .setState(dev.lantern.order.v1.LeaseState.forNumber(lease.state().code()))
        .setLog(lease.log())
        .setCreateTime(timestamp(lease.createdAt()))
        .setFencedPartitions(lease.fencedPartitions())
        .setPartitions(lease.partitions())
        .build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
