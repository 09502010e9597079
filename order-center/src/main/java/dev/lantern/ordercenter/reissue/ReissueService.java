package dev.lantern.ordercenter.reissue;

import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.ApproveReissueRequest;
import dev.lantern.order.v1.ApproveReissueResponse;
import dev.lantern.order.v1.CancelReissueRequest;
import dev.lantern.order.v1.CancelReissueResponse;
import dev.lantern.order.v1.CreateReissueRequest;
import dev.lantern.order.v1.CreateReissueResponse;
import dev.lantern.order.v1.GetReissueRequest;
import dev.lantern.order.v1.GetReissueResponse;
import dev.lantern.order.v1.ListReissueRowsRequest;
import dev.lantern.order.v1.ListReissueRowsResponse;
import dev.lantern.order.v1.ListReissuesRequest;
import dev.lantern.order.v1.ListReissuesResponse;
import dev.lantern.order.v1.PauseReissueRequest;
import dev.lantern.order.v1.PauseReissueResponse;
import dev.lantern.order.v1.ReissueRowState;
import dev.lantern.order.v1.ReissueServiceGrpc;
import dev.lantern.order.v1.ResumeReissueRequest;
import dev.lantern.order.v1.ResumeReissueResponse;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The contract `lantern.order.v1.ReissueService` over [ReissueDesk] and [ReissueStore]. Who acts
/// is what the caller's certificate says.
public final class ReissueService extends ReissueServiceGrpc.ReissueServiceImplBase {
  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 100;

  private final ReissueDesk desk;
  private final ReissueStore store;

  public ReissueService(ReissueDesk desk, ReissueStore store) {
    this.desk = desk;
    this.store = store;
  }

  @Override
  public StreamObserver<CreateReissueRequest> createReissue(
      StreamObserver<CreateReissueResponse> observer) {
    return new ReissueUpload(desk, this::proto, observer);
  }

  @Override
  public void approveReissue(
      ApproveReissueRequest request, StreamObserver<ApproveReissueResponse> observer) {
    Reissue reissue =
        desk.approve(request.getReissueId(), caller(), request.getRequestId(), request.getReason());
    observer.onNext(ApproveReissueResponse.newBuilder().setReissue(proto(reissue)).build());
    observer.onCompleted();
  }

  @Override
  public void pauseReissue(
      PauseReissueRequest request, StreamObserver<PauseReissueResponse> observer) {
    Reissue reissue =
        desk.pause(request.getReissueId(), caller(), request.getRequestId(), request.getReason());
    observer.onNext(PauseReissueResponse.newBuilder().setReissue(proto(reissue)).build());
    observer.onCompleted();
  }

  @Override
  public void resumeReissue(
      ResumeReissueRequest request, StreamObserver<ResumeReissueResponse> observer) {
    Reissue reissue =
        desk.resume(request.getReissueId(), caller(), request.getRequestId(), request.getReason());
    observer.onNext(ResumeReissueResponse.newBuilder().setReissue(proto(reissue)).build());
    observer.onCompleted();
  }

  @Override
  public void cancelReissue(
      CancelReissueRequest request, StreamObserver<CancelReissueResponse> observer) {
    Reissue reissue =
        desk.cancel(request.getReissueId(), caller(), request.getRequestId(), request.getReason());
    observer.onNext(CancelReissueResponse.newBuilder().setReissue(proto(reissue)).build());
    observer.onCompleted();
  }

  @Override
  public void getReissue(GetReissueRequest request, StreamObserver<GetReissueResponse> observer) {
    observer.onNext(
        GetReissueResponse.newBuilder().setReissue(proto(find(request.getReissueId()))).build());
    observer.onCompleted();
  }

  @Override
  public void listReissues(
      ListReissuesRequest request, StreamObserver<ListReissuesResponse> observer) {
    int size = size(request.getPageSize());
    List<Reissue> page = store.list(place(request.getPageToken()), size + 1);
    List<Reissue> shown = page.stream().limit(size).toList();
    Map<String, Progress> progress = store.progress(shown.stream().map(Reissue::id).toList());
    ListReissuesResponse.Builder response = ListReissuesResponse.newBuilder();
    shown.forEach(one ->
        response.addReissues(
            ReissueMessages.proto(one, progress.getOrDefault(one.id(), Progress.NONE))));
    if (page.size() > size) {
      Reissue last = shown.getLast();
      response.setNextPageToken(last.createdAt() + "_" + last.id());
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void listReissueRows(
      ListReissueRowsRequest request, StreamObserver<ListReissueRowsResponse> observer) {
    var _ = find(request.getReissueId());
    int size = size(request.getPageSize());
    Optional<Payment.State> state =
        request.getState() == ReissueRowState.REISSUE_ROW_STATE_UNSPECIFIED
            ? Optional.empty()
            : Optional.of(Payment.State.of(request.getStateValue()));
    List<Payment.Result> page =
        store.rows(request.getReissueId(), state, after(request.getPageToken()), size + 1);
    ListReissueRowsResponse.Builder response = ListReissueRowsResponse.newBuilder();
    page.stream().limit(size).map(ReissueMessages::proto).forEach(response::addRows);
    if (page.size() > size) {
      response.setNextPageToken(Integer.toString(page.get(size - 1).payment().rowNo()));
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private Reissue find(String id) {
    return store
        .find(id)
        .orElseThrow(
            () -> Refused.of(Reason.REASON_NOT_FOUND, "no such reissue").field("reissue_id"));
  }

  private dev.lantern.order.v1.Reissue proto(Reissue reissue) {
    Progress progress =
        store.progress(List.of(reissue.id())).getOrDefault(reissue.id(), Progress.NONE);
    return ReissueMessages.proto(reissue, progress);
  }

  private static String caller() {
    return RequestContext.current().caller().name();
  }

  private static int size(int asked) {
    return asked == 0 ? DEFAULT_PAGE : Math.min(asked, LARGEST_PAGE);
  }

  private static int after(String pageToken) {
    try {
      return pageToken.isEmpty() ? 0 : Integer.parseInt(pageToken);
    } catch (NumberFormatException e) {
      throw noToken();
    }
  }

  private static ReissueStore.Place place(String pageToken) {
    if (pageToken.isEmpty()) {
      return ReissueStore.Place.NEWEST;
    }
    int middle = pageToken.indexOf('_');
    try {
      return new ReissueStore.Place(
          Instant.parse(pageToken.substring(0, Math.max(0, middle))),
          pageToken.substring(middle + 1));
    } catch (DateTimeException e) {
      throw noToken();
    }
  }

  private static Refused noToken() {
    return Refused.of(Reason.REASON_INVALID_FIELD, "not a page token of this list")
        .field("page_token");
  }
}
