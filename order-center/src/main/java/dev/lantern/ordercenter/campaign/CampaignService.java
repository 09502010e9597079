package dev.lantern.ordercenter.campaign;

import dev.lantern.campaign.v1.ApplyCampaignRequest;
import dev.lantern.campaign.v1.ApplyCampaignResponse;
import dev.lantern.campaign.v1.CampaignServiceGrpc;
import dev.lantern.campaign.v1.GetCampaignRequest;
import dev.lantern.campaign.v1.GetCampaignResponse;
import dev.lantern.campaign.v1.ListRevisionsRequest;
import dev.lantern.campaign.v1.ListRevisionsResponse;
import dev.lantern.campaign.v1.ResolveStageRequest;
import dev.lantern.campaign.v1.ResolveStageResponse;
import dev.lantern.campaign.v1.ValidateCampaignRequest;
import dev.lantern.campaign.v1.ValidateCampaignResponse;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.campaign.CampaignDesk.Application;
import dev.lantern.ordercenter.campaign.CampaignDesk.Applied;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/// The contract `lantern.campaign.v1.CampaignService` over [CampaignDesk] and [StageQuery].
public final class CampaignService extends CampaignServiceGrpc.CampaignServiceImplBase {
  /// The largest tree; `max_bytes` of the contract's `document`.
  public static final int MOST_DOCUMENT_BYTES = 1_048_576;

  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 100;

  private final CampaignDesk desk;
  private final CampaignStore store;
  private final StageQuery stages;

  public CampaignService(CampaignDesk desk, CampaignStore store, StageQuery stages) {
    this.desk = desk;
    this.store = store;
    this.stages = stages;
  }

  @Override
  public void validateCampaign(
      ValidateCampaignRequest request, StreamObserver<ValidateCampaignResponse> observer) {
    ValidateCampaignResponse.Builder response = ValidateCampaignResponse.newBuilder();
    desk.validate(request.getDocument()).stream()
        .map(CampaignService::problem)
        .forEach(response::addProblems);
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void applyCampaign(
      ApplyCampaignRequest request, StreamObserver<ApplyCampaignResponse> observer) {
    Application application =
        new Application(
            request.getDocument(),
            request.getEtag(),
            request.hasEffectiveTime()
                ? Optional.of(Times.asked(request.getEffectiveTime(), "effective_time"))
                : Optional.empty(),
            request.getRequestId(),
            request.getAuthor().isEmpty()
                ? RequestContext.current().caller().name()
                : request.getAuthor(),
            request.getReason(),
            request.getDryRun());
    Revision revision =
        switch (desk.apply(application)) {
          case Applied.Done(Revision done) -> done;
          case Applied.Invalid(List<Problem> problems) -> throw invalid(problems);
          case Applied.StaleEtag() ->
              throw Refused.of(
                      Reason.REASON_STALE_ETAG, "another revision came first: read it, then apply")
                  .field("etag");
          case Applied.RequestIdReused() ->
              throw Refused.of(
                      Reason.REASON_INVALID_FIELD, "this request_id applied another document")
                  .field("request_id");
          case Applied.TooSoon(var earliest) ->
              throw Refused.of(Reason.REASON_INVALID_FIELD, "not before " + earliest)
                  .field("effective_time");
        };
    observer.onNext(ApplyCampaignResponse.newBuilder().setRevision(proto(revision)).build());
    observer.onCompleted();
  }

  @Override
  public void getCampaign(
      GetCampaignRequest request, StreamObserver<GetCampaignResponse> observer) {
    String id = request.getActivityId();
    Revision revision =
        (request.getRevision() == 0 ? store.newest(id) : store.find(id, request.getRevision()))
            .orElseThrow(() ->
                Refused.of(Reason.REASON_NOT_FOUND, "no such revision of " + id)
                    .field("activity_id"));
    observer.onNext(
        GetCampaignResponse.newBuilder()
            .setRevision(proto(revision))
            .setDocument(revision.document())
            .build());
    observer.onCompleted();
  }

  @Override
  public void listRevisions(
      ListRevisionsRequest request, StreamObserver<ListRevisionsResponse> observer) {
    int size =
        request.getPageSize() == 0 ? DEFAULT_PAGE : Math.min(request.getPageSize(), LARGEST_PAGE);
    List<Revision> page =
        store.before(request.getActivityId(), before(request.getPageToken()), size + 1);
    ListRevisionsResponse.Builder response = ListRevisionsResponse.newBuilder();
    page.stream().limit(size).map(CampaignService::proto).forEach(response::addRevisions);
    if (page.size() > size) {
      response.setNextPageToken(Long.toString(page.get(size - 1).number()));
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void resolveStage(
      ResolveStageRequest request, StreamObserver<ResolveStageResponse> observer) {
    observer.onNext(stages.resolve(request));
    observer.onCompleted();
  }

  private static Refused invalid(List<Problem> problems) {
    Refused refused =
        Refused.of(
            Reason.REASON_INVALID_DOCUMENT,
            problems.size() + " problems, the first in line " + problems.getFirst().line());
    for (Problem problem : problems) {
      refused =
          refused.violation(
              problem.path().isEmpty() ? "document" : problem.path(),
              "line " + problem.line() + ": " + problem.message());
    }
    return refused.with("line", Integer.toString(problems.getFirst().line()));
  }

  private static long before(String pageToken) {
    try {
      return pageToken.isEmpty() ? Long.MAX_VALUE : Long.parseLong(pageToken);
    } catch (NumberFormatException e) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "not a page token of this list")
          .field("page_token");
    }
  }

  private static dev.lantern.campaign.v1.Problem problem(Problem problem) {
    return dev.lantern.campaign.v1.Problem.newBuilder()
        .setPath(problem.path())
        .setLine(problem.line())
        .setMessage(problem.message())
        .build();
  }

  private static dev.lantern.campaign.v1.Revision proto(Revision revision) {
    return dev.lantern.campaign.v1.Revision.newBuilder()
        .setActivityId(revision.activityId())
        .setRevision(revision.number())
        .setEtag(revision.etag())
        .setCreateTime(Times.toProto(revision.createdAt()))
        .setEffectiveTime(Times.toProto(revision.effectiveAt()))
        .setAuthor(revision.author())
        .setReason(revision.reason())
        .build();
  }
}
