package dev.lantern.ordercenter.reconcile;

import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.ManifestHeader;
import dev.lantern.order.v1.ManifestRow;
import dev.lantern.order.v1.ManifestScope;
import dev.lantern.order.v1.SubmitManifestRequest;
import dev.lantern.order.v1.SubmitManifestResponse;
import dev.lantern.order.v1.ToldOutcome;
import dev.lantern.ordercenter.campaign.CampaignIndex;
import dev.lantern.ordercenter.campaign.Offer;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One manifest on its way in: gathered, at most [#MOST] rows, and kept at the end.
final class ManifestUpload implements StreamObserver<SubmitManifestRequest> {
  static final int MOST = 200_000;
  private static final Duration LONGEST = Duration.ofHours(24);

  private final ManifestStore store;
  private final Declarations declarations;
  private final InstantSource clock;
  private final StreamObserver<SubmitManifestResponse> answer;
  private final List<Manifest.Line> lines = new ArrayList<>();
  private final Set<String> told = new HashSet<>();
  private Manifest.@Nullable Draft draft;
  private @Nullable CampaignIndex index;
  private boolean over;

  ManifestUpload(
      ManifestStore store,
      Declarations declarations,
      InstantSource clock,
      StreamObserver<SubmitManifestResponse> answer) {
    this.store = store;
    this.declarations = declarations;
    this.clock = clock;
    this.answer = answer;
  }

  @Override
  public void onNext(SubmitManifestRequest request) {
    if (over) {
      return;
    }
    try {
      take(request);
    } catch (Refused refused) {
      over = true;
      lines.clear();
      throw refused;
    }
  }

  private void take(SubmitManifestRequest request) {
    if ((draft == null) != request.hasHeader()) {
      throw invalid("header", "the header comes first, and once");
    }
    if (request.hasHeader()) {
      begin(request.getHeader());
    }
    if (lines.size() + request.getRowsCount() > MOST) {
      throw invalid("rows", "at most " + MOST + " rows");
    }
    for (ManifestRow row : request.getRowsList()) {
      Manifest.Line line = line(row, "rows[" + lines.size() + "]");
      if (!told.add(line.orderNo())) {
        throw invalid("rows[" + lines.size() + "]", "order " + line.orderNo() + " is told twice");
      }
      lines.add(line);
    }
  }

  private void begin(ManifestHeader header) {
    ManifestScope scope = header.getScope();
    index = declarations.index(scope.getActivityId());
    draft =
        new Manifest.Draft(
            header.getRequestId(),
            scope.getActivityId(),
            scope(scope),
            header.getSource(),
            RequestContext.current().caller().name());
  }

  private Manifest.Scope scope(ManifestScope scope) {
    if (!scope.getSceneId().isEmpty()) {
      RoundId round = new RoundId(scope.getSceneId(), scope.getRainId());
      var _ = offer(round, "scope.scene_id");
      return new Manifest.Scope.Round(round.sceneId(), round.rainId());
    }
    Instant from = Times.asked(scope.getStartTime(), "scope.start_time");
    Instant to = Times.asked(scope.getEndTime(), "scope.end_time");
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw invalid("scope.end_time", "a window ends after its start, at most 24 h later");
    }
    return new Manifest.Scope.Window(from, to);
  }

  private Offer offer(RoundId round, String field) {
    return declarations.offer(Objects.requireNonNull(index), round, field);
  }

  private Manifest.Line line(ManifestRow row, String field) {
    OrderNo number =
        row.getOrderNo().isEmpty()
            ? numberOf(row, field)
            : OrderNo.parse(row.getOrderNo())
                .orElseThrow(() -> invalid(field + ".order_no", "not an order number"));
    return new Manifest.Line(
        number.text(),
        number.actId().value(),
        row.getAwardType(),
        row.getAmountFen(),
        row.getOutcome() == ToldOutcome.TOLD_OUTCOME_ACCEPTED);
  }

  /// A round belongs to one child, so the number follows from user and round.
  private OrderNo numberOf(ManifestRow row, String field) {
    if (row.getActId() == 0 || row.getSceneId().isEmpty()) {
      throw invalid(field, "needs order_no, or act_id, scene_id and rain_id");
    }
    RoundId round = new RoundId(row.getSceneId(), row.getRainId());
    var offer = offer(round, field + ".scene_id");
    return OrderNo.of(
        new ActId(row.getActId()), round, offer.scene().awardType(), offer.child().stage());
  }

  @Override
  public void onError(Throwable broken) {
    over = true;
    lines.clear();
  }

  @Override
  public void onCompleted() {
    if (over) {
      return;
    }
    over = true;
    if (draft == null) {
      throw invalid("header", "the header comes first");
    }
    switch (store.submit(draft, lines, Times.toMicros(clock.instant()))) {
      case Manifest.Submitted.Kept(Manifest manifest, boolean replayed) -> {
        answer.onNext(
            SubmitManifestResponse.newBuilder()
                .setManifestId(manifest.id())
                .setRowCount(manifest.rows())
                .setAcceptedFen(manifest.acceptedFen())
                .setReplayed(replayed)
                .build());
        answer.onCompleted();
      }
      case Manifest.Submitted.RequestIdReused() ->
          throw invalid("header.request_id", "this request_id has brought other rows");
    }
  }

  private static Refused invalid(String field, String why) {
    return Refused.of(Reason.REASON_INVALID_FIELD, field + ": " + why).field(field);
  }
}
