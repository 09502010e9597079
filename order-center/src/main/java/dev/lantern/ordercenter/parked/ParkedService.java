package dev.lantern.ordercenter.parked;

import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.ListParkedRequest;
import dev.lantern.order.v1.ListParkedResponse;
import dev.lantern.order.v1.ParkedServiceGrpc;
import dev.lantern.order.v1.ResolveParkedRequest;
import dev.lantern.order.v1.ResolveParkedResponse;
import dev.lantern.order.v1.ResumeParkedRequest;
import dev.lantern.order.v1.ResumeParkedResponse;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.parked.ParkedDesk.Resolved;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;

/// The contract `lantern.order.v1.ParkedService`.
public final class ParkedService extends ParkedServiceGrpc.ParkedServiceImplBase {
  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 100;
  private static final int MOST_RESUMED = 500;

  private final ParkedStore store;
  private final ParkedDesk desk;
  private final Clock clock;

  public ParkedService(ParkedStore store, ParkedDesk desk, Clock clock) {
    this.store = store;
    this.desk = desk;
    this.clock = clock;
  }

  @Override
  public void listParked(ListParkedRequest request, StreamObserver<ListParkedResponse> observer) {
    int size =
        request.getPageSize() == 0 ? DEFAULT_PAGE : Math.min(request.getPageSize(), LARGEST_PAGE);
    ParkedQuery query = ParkedMessages.query(request.getFilter());
    var kind = ParkedMessages.kind(request.getKind());
    ParkedItem.Key after = ParkedMessages.after(request.getPageToken());
    List<ParkedItem> page = store.list(query, kind, after, size + 1);
    ListParkedResponse.Builder response = ListParkedResponse.newBuilder();
    page.stream().limit(size).map(ParkedMessages::item).forEach(response::addItems);
    if (page.size() > size) {
      response.setNextPageToken(ParkedMessages.token(page.get(size - 1).key()));
    }
    if (request.getPageToken().isEmpty()) {
      store.totals(query, kind).stream().map(ParkedMessages::total).forEach(response::addTotals);
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void resumeParked(
      ResumeParkedRequest request, StreamObserver<ResumeParkedResponse> observer) {
    ParkedQuery query = ParkedMessages.query(request.getFilter());
    Instant now = clock.now().wall();
    OperatorRequest asked =
        new OperatorRequest(
            request.getRequestId(),
            "parked.resume",
            request.getOrderNo().isEmpty() ? "filter" : request.getOrderNo(),
            ParkedMessages.digest(request.toBuilder().clearRequestId().clearReason().build()),
            caller(),
            request.getReason());
    Answer answer =
        request.getOrderNo().isEmpty()
            ? store.resume(
                asked, query, request.getLimit() == 0 ? MOST_RESUMED : request.getLimit(), now)
            : store.resume(asked, request.getActId(), request.getOrderNo(), now);
    switch (answer) {
      case Answer.Reused() -> throw reused();
      case Answer.Done(long resumed, _, boolean replayed) ->
          observer.onNext(
              ResumeParkedResponse.newBuilder()
                  .setResumedCount(Math.toIntExact(resumed))
                  .setRemainingCount(store.resumable(query))
                  .setReplayed(replayed)
                  .build());
    }
    observer.onCompleted();
  }

  @Override
  public void resolveParked(
      ResolveParkedRequest request, StreamObserver<ResolveParkedResponse> observer) {
    boolean pays = request.getDecision() == ResolveParkedRequest.Decision.DECISION_PAY;
    if (pays && request.getConflictId().isEmpty()) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "only a conflict is paid; resume an order")
          .field("decision");
    }
    OperatorRequest asked =
        new OperatorRequest(
            request.getRequestId(),
            pays ? "parked.pay" : "parked.discard",
            request.getOrderNo(),
            ParkedMessages.digest(request.toBuilder().clearRequestId().clearReason().build()),
            caller(),
            request.getReason());
    Resolved resolved =
        pays
            ? desk.pay(asked, request.getActId(), request.getOrderNo(), request.getConflictId())
            : desk.discard(
                asked, request.getActId(), request.getOrderNo(), request.getConflictId());
    observer.onNext(response(resolved, pays));
    observer.onCompleted();
  }

  private static ResolveParkedResponse response(Resolved resolved, boolean pays) {
    return switch (resolved) {
      case Resolved.Done(long fen, boolean replayed) ->
          ResolveParkedResponse.newBuilder()
              .setReleasedFen(pays ? 0 : fen)
              .setPaidFen(pays ? fen : 0)
              .setReplayed(replayed)
              .build();
      case Resolved.Reused() -> throw reused();
      case Resolved.NotParked() ->
          throw Refused.of(Reason.REASON_NOT_PARKED, "nothing of this name waits for a decision")
              .field("order_no");
      case Resolved.NotPayable() ->
          throw Refused.of(Reason.REASON_NOT_PAYABLE, "nothing here pays what it promises");
      case Resolved.NoUnit(Take why) -> throw noUnit(why);
    };
  }

  private static Refused noUnit(Take why) {
    return switch (why) {
      case Take.SoldOut() -> Refused.of(Reason.REASON_SOLD_OUT, "the budget is spent");
      case Take.Frozen() ->
          Refused.of(Reason.REASON_BUDGET_FROZEN, "spending from the budget is stopped");
      case Take.Busy(), Take.Taken _ ->
          Refused.of(Reason.REASON_BUDGET_BUSY, "no unit of the budget is to be had now");
    };
  }

  private static Refused reused() {
    return Refused.of(Reason.REASON_INVALID_FIELD, "this request_id was used for another request")
        .field("request_id");
  }

  private static String caller() {
    return RequestContext.current().caller().toString();
  }
}
