package dev.lantern.ordercenter.reconcile;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.GetReportRequest;
import dev.lantern.order.v1.GetReportResponse;
import dev.lantern.order.v1.GetRunRequest;
import dev.lantern.order.v1.GetRunResponse;
import dev.lantern.order.v1.ListFindingsRequest;
import dev.lantern.order.v1.ListFindingsResponse;
import dev.lantern.order.v1.ReconciliationServiceGrpc;
import dev.lantern.order.v1.ResolveFindingRequest;
import dev.lantern.order.v1.ResolveFindingResponse;
import dev.lantern.order.v1.RunReconciliationRequest;
import dev.lantern.order.v1.RunReconciliationResponse;
import dev.lantern.order.v1.SubmitManifestRequest;
import dev.lantern.order.v1.SubmitManifestResponse;
import dev.lantern.order.v1.WatchFindingsRequest;
import dev.lantern.order.v1.WatchFindingsResponse;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The contract `lantern.order.v1.ReconciliationService` over its stores.
public final class ReconciliationService
    extends ReconciliationServiceGrpc.ReconciliationServiceImplBase {
  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 100;
  private static final int PIECE = 32_768;

  private final ManifestStore manifests;
  private final RunStore runs;
  private final FindingStore findings;
  private final Declarations declarations;
  private final FindingStreams streams;
  private final InstantSource clock;

  public ReconciliationService(
      ManifestStore manifests,
      RunStore runs,
      FindingStore findings,
      Declarations declarations,
      FindingStreams streams,
      InstantSource clock) {
    this.manifests = manifests;
    this.runs = runs;
    this.findings = findings;
    this.declarations = declarations;
    this.streams = streams;
    this.clock = clock;
  }

  @Override
  public StreamObserver<SubmitManifestRequest> submitManifest(
      StreamObserver<SubmitManifestResponse> observer) {
    return new ManifestUpload(manifests, declarations, clock, observer);
  }

  @Override
  public void runReconciliation(
      RunReconciliationRequest request, StreamObserver<RunReconciliationResponse> observer) {
    Instant now = Times.toMicros(clock.instant());
    Instant from =
        request.hasStartTime()
            ? Times.toMicros(Times.asked(request.getStartTime(), "start_time"))
            : MysqlMarks.BEGINNING;
    // What is booked later is the passes' to see.
    Instant end =
        request.hasEndTime() ? Times.toMicros(Times.asked(request.getEndTime(), "end_time")) : now;
    Instant to = end.isBefore(now) ? end : now;
    if (!from.isBefore(to)) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "end_time: not after start_time")
          .field("end_time");
    }
    if (request.getManifestId() != 0 && manifests.find(request.getManifestId()).isEmpty()) {
      throw Refused.of(Reason.REASON_NOT_FOUND, "no such manifest").field("manifest_id");
    }
    ReconcileRun run =
        runs.create(
            new RunStore.Wish(
                request.getRequestId(),
                RequestContext.current().caller().name(),
                request.getReason(),
                from,
                to,
                request.getManifestId()),
            now);
    observer.onNext(
        RunReconciliationResponse.newBuilder().setRun(FindingMessages.proto(run)).build());
    observer.onCompleted();
  }

  @Override
  public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> observer) {
    ReconcileRun run =
        runs.find(request.getRunId())
            .orElseThrow(() -> Refused.of(Reason.REASON_NOT_FOUND, "no such run").field("run_id"));
    observer.onNext(GetRunResponse.newBuilder().setRun(FindingMessages.proto(run)).build());
    observer.onCompleted();
  }

  @Override
  public void listFindings(
      ListFindingsRequest request, StreamObserver<ListFindingsResponse> observer) {
    int size =
        request.getPageSize() == 0 ? DEFAULT_PAGE : Math.min(request.getPageSize(), LARGEST_PAGE);
    List<Finding> page =
        findings.list(
            FindingMessages.filter(request.getFilter()), before(request.getPageToken()), size + 1);
    ListFindingsResponse.Builder response = ListFindingsResponse.newBuilder();
    page.stream().limit(size).map(FindingMessages::proto).forEach(response::addFindings);
    if (page.size() > size) {
      response.setNextPageToken(Long.toString(page.get(size - 1).id()));
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void watchFindings(
      WatchFindingsRequest request, StreamObserver<WatchFindingsResponse> observer) {
    streams.watch(FindingMessages.filter(request.getFilter()), observer);
  }

  @Override
  public void resolveFinding(
      ResolveFindingRequest request, StreamObserver<ResolveFindingResponse> observer) {
    Finding finding =
        findings
            .resolve(
                request.getFindingId(),
                RequestContext.current().caller().name(),
                request.getRequestId(),
                request.getReason(),
                Times.toMicros(clock.instant()))
            .orElseThrow(
                () -> Refused.of(Reason.REASON_NOT_FOUND, "no such finding").field("finding_id"));
    observer.onNext(
        ResolveFindingResponse.newBuilder().setFinding(FindingMessages.proto(finding)).build());
    observer.onCompleted();
  }

  @Override
  public void getReport(GetReportRequest request, StreamObserver<GetReportResponse> observer) {
    Report report =
        Report.read(findings, FindingMessages.filter(request.getFilter()), clock.instant());
    String text =
        switch (request.getFormat()) {
          case REPORT_FORMAT_CSV -> report.csv();
          case REPORT_FORMAT_HTML -> report.html();
          case REPORT_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
              throw Refused.of(Reason.REASON_INVALID_FIELD, "format: no such format")
                  .field("format");
        };
    ByteString bytes = ByteString.copyFrom(text, StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.size(); from += PIECE) {
      ByteString piece = bytes.substring(from, Math.min(bytes.size(), from + PIECE));
      observer.onNext(GetReportResponse.newBuilder().setPiece(piece).build());
    }
    observer.onCompleted();
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
