package dev.lantern.ordercenter.reissue;

import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.CreateReissueRequest;
import dev.lantern.order.v1.CreateReissueResponse;
import dev.lantern.order.v1.ReissueHeader;
import dev.lantern.order.v1.ReissueRow;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One reissue on its way in: gathered, and made at the end.
final class ReissueUpload implements StreamObserver<CreateReissueRequest> {
  private final ReissueDesk desk;
  private final Function<Reissue, dev.lantern.order.v1.Reissue> inWords;
  private final StreamObserver<CreateReissueResponse> answer;
  private final List<ReissueRow> rows = new ArrayList<>();
  private @Nullable ReissueHeader header;
  private boolean over;

  /// @param inWords a reissue with how far it has come: it may have been made, and paid, before
  ReissueUpload(
      ReissueDesk desk,
      Function<Reissue, dev.lantern.order.v1.Reissue> inWords,
      StreamObserver<CreateReissueResponse> answer) {
    this.desk = desk;
    this.inWords = inWords;
    this.answer = answer;
  }

  @Override
  public void onNext(CreateReissueRequest request) {
    if (over) {
      return;
    }
    if ((header == null) != request.hasHeader()) {
      throw refuse("header", "the header comes first, and once");
    }
    if (request.hasHeader()) {
      header = request.getHeader();
    }
    if (rows.size() + request.getRowsCount() > ReissueDesk.MOST_ROWS) {
      throw refuse("rows", "at most " + ReissueDesk.MOST_ROWS + " rows");
    }
    rows.addAll(request.getRowsList());
  }

  @Override
  public void onError(Throwable broken) {
    over = true;
    rows.clear();
  }

  @Override
  public void onCompleted() {
    if (over) {
      return;
    }
    over = true;
    if (header == null) {
      throw refuse("header", "the header comes first");
    }
    ReissueDesk.Created created =
        desk.create(header, rows, RequestContext.current().caller().name());
    answer.onNext(
        CreateReissueResponse.newBuilder()
            .setReissue(inWords.apply(created.reissue()))
            .setTotals(created.totals())
            .setReplayed(created.replayed())
            .build());
    answer.onCompleted();
  }

  private Refused refuse(String field, String why) {
    over = true;
    rows.clear();
    return Refused.of(Reason.REASON_INVALID_FIELD, field + ": " + why).field(field);
  }
}
