package dev.lantern.ordercenter.reconcile;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.order.Digests;
import java.util.List;

/// SHA-256 of what a manifest tells, in the order in which it tells it: two streams under one
/// request id are the same only if they say the same.
final class LineDigest {
  private LineDigest() {}

  static ByteString of(Manifest.Draft draft, List<Manifest.Line> lines) {
    Digests digest = new Digests();
    var _ = digest.add(draft.activityId()).add(draft.scope().toString()).add(draft.source());
    for (Manifest.Line line : lines) {
      var _ =
          digest
              .add(line.orderNo())
              .add(line.award().getNumber())
              .add(line.amountFen())
              .add(line.accepted() ? 1 : 2);
    }
    return ByteString.copyFrom(digest.finish());
  }
}
