package dev.lantern.ordercenter.campaign;

import com.google.protobuf.Timestamp;
import dev.lantern.campaign.v1.ApplyCampaignRequest;
import dev.lantern.campaign.v1.ApplyCampaignResponse;
import dev.lantern.campaign.v1.CampaignServiceGrpc;
import dev.lantern.campaign.v1.DiffCampaignRequest;
import dev.lantern.campaign.v1.DiffCampaignResponse;
import dev.lantern.campaign.v1.GetCampaignRequest;
import dev.lantern.campaign.v1.GetCampaignResponse;
import dev.lantern.campaign.v1.ListRevisionsRequest;
import dev.lantern.campaign.v1.ListRevisionsResponse;
import dev.lantern.campaign.v1.ResolveStageRequest;
import dev.lantern.campaign.v1.ResolveStageResponse;
import dev.lantern.campaign.v1.RollbackCampaignRequest;
import dev.lantern.campaign.v1.RollbackCampaignResponse;
import dev.lantern.campaign.v1.ValidateCampaignRequest;
import dev.lantern.campaign.v1.ValidateCampaignResponse;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.campaign.CampaignCompare.Compared;
import dev.lantern.ordercenter.campaign.CampaignDesk.Application;
import dev.lantern.ordercenter.campaign.CampaignDesk.Applied;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The contract `lantern.campaign.v1.CampaignService` over [CampaignDesk], [CampaignCompare] and
/// [StageQuery].
public final class CampaignService extends CampaignServiceGrpc.CampaignServiceImplBase {
  /// The largest tree; `max_bytes` of the contract's `document`.
  public static final int MOST_DOCUMENT_BYTES = 1_048_576;

  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 100;

  private final CampaignDesk desk;
  private final CampaignStore store;
  private final CampaignCompare compare;
  private final StageQuery stages;

  public CampaignService(CampaignDesk desk, CampaignStore store, StageQuery stages) {
    this.desk = desk;
    this.store = store;
    this.compare = new CampaignCompare(store);
    this.stages = stages;
  }

  @Override
  public void validateCampaign(
      ValidateCampaignRequest request, StreamObserver<ValidateCampaignResponse> observer) {
    ValidateCampaignResponse.Builder response = ValidateCampaignResponse.newBuilder();
    desk.validate(request.getDocument()).stream()
        .map(CampaignMessages::problem)
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
            effectiveAt(request.hasEffectiveTime(), request.getEffectiveTime()),
            request.getRequestId(),
            author(request.getAuthor()),
            request.getReason(),
            request.getDryRun(),
            OptionalLong.empty());
    Revision revision = done(desk.apply(application), "");
    observer.onNext(
        ApplyCampaignResponse.newBuilder()
            .setRevision(CampaignMessages.revision(revision))
            .build());
    observer.onCompleted();
  }

  @Override
  public void rollbackCampaign(
      RollbackCampaignRequest request, StreamObserver<RollbackCampaignResponse> observer) {
    Application wish =
        new Application(
            "",
            request.getEtag(),
            effectiveAt(request.hasEffectiveTime(), request.getEffectiveTime()),
            request.getRequestId(),
            author(request.getAuthor()),
            request.getReason(),
            request.getDryRun(),
            OptionalLong.empty());
    String id = request.getActivityId();
    Revision revision = done(desk.rollBack(id, request.getRevision(), wish), id);
    observer.onNext(
        RollbackCampaignResponse.newBuilder()
            .setRevision(CampaignMessages.revision(revision))
            .build());
    observer.onCompleted();
  }

  @Override
  public void diffCampaign(
      DiffCampaignRequest request, StreamObserver<DiffCampaignResponse> observer) {
    String id = request.getActivityId();
    Compared compared =
        request.hasDocument()
            ? compare.document(id, request.getFromRevision(), request.getDocument())
            : compare.revisions(id, request.getFromRevision(), request.getToRevision());
    switch (compared) {
      case Compared.Done(Optional<Revision> from, Optional<Revision> to, TreeDiff diff) -> {
        DiffCampaignResponse.Builder response =
            DiffCampaignResponse.newBuilder().setOmittedChanges(diff.omitted());
        from.map(CampaignMessages::revision).ifPresent(response::setFrom);
        to.map(CampaignMessages::revision).ifPresent(response::setTo);
        diff.changes().stream().map(CampaignMessages::change).forEach(response::addChanges);
        observer.onNext(response.build());
      }
      case Compared.Invalid(List<Problem> problems) -> throw CampaignMessages.invalid(problems);
      case Compared.OtherActivity(String other) ->
          throw Refused.of(Reason.REASON_INVALID_FIELD, "the document is of activity " + other)
              .field("activity_id");
      case Compared.NoSuchRevision() -> throw CampaignMessages.notFound(id, "from_revision");
    }
    observer.onCompleted();
  }

  @Override
  public void getCampaign(
      GetCampaignRequest request, StreamObserver<GetCampaignResponse> observer) {
    String id = request.getActivityId();
    Revision revision =
        (request.getRevision() == 0 ? store.newest(id) : store.find(id, request.getRevision()))
            .orElseThrow(() -> CampaignMessages.notFound(id, "activity_id"));
    observer.onNext(
        GetCampaignResponse.newBuilder()
            .setRevision(CampaignMessages.revision(revision))
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
    page.stream().limit(size).map(CampaignMessages::revision).forEach(response::addRevisions);
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

  private static Revision done(Applied applied, String activityId) {
    return switch (applied) {
      case Applied.Done(Revision done) -> done;
      case Applied.Invalid(List<Problem> problems) -> throw CampaignMessages.invalid(problems);
      case Applied.StaleEtag() ->
          throw Refused.of(
                  Reason.REASON_STALE_ETAG, "another revision came first: read it, then apply")
              .field("etag");
      case Applied.RequestIdReused() ->
          throw Refused.of(Reason.REASON_INVALID_FIELD, "this request_id did something else")
              .field("request_id");
      case Applied.TooSoon(var earliest) ->
          throw Refused.of(Reason.REASON_INVALID_FIELD, "not before " + earliest)
              .field("effective_time");
      case Applied.NoSuchRevision() -> throw CampaignMessages.notFound(activityId, "revision");
    };
  }

  private static Optional<Instant> effectiveAt(boolean given, Timestamp time) {
    return given ? Optional.of(Times.asked(time, "effective_time")) : Optional.empty();
  }

  private static String author(String given) {
    return given.isEmpty() ? RequestContext.current().caller().name() : given;
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
