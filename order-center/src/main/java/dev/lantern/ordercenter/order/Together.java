package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.order.AcceptBatch.Asked;
import dev.lantern.ordercenter.order.AcceptBatch.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Makes batches of what is asked for at the same time.
///
/// A call for one order waits for no other: it goes with those that came while the batches before
/// it were under way. Bounds: [AcceptBatch#LARGEST] a batch; so many batches of single calls at a
/// time, and as many of calls for many, which so cannot crowd the others out.
public final class Together implements Intake, AutoCloseable {
  private static final int MOST_PENDING = 20_000;

  private final AcceptBatch batch;
  private final Coalescer<Asked, Way> singles;
  private final Semaphore many;

  /// Begins to work.
  ///
  /// @param underWay how many batches of either kind at a time
  /// @param patience after which a single call's outcome is unknown
  public Together(AcceptBatch batch, int underWay, Duration patience) {
    this.batch = batch;
    this.singles =
        new Coalescer<>(
            "accept",
            batch::accept,
            new Coalescer.Bounds(AcceptBatch.LARGEST, underWay, MOST_PENDING, patience),
            () ->
                Refusals.toRefused(
                    Refusal.of(
                        Reason.REASON_OUTCOME_UNKNOWN,
                        "it is not known whether the order was taken")));
    this.many = new Semaphore(underWay);
  }

  /// How one order leaves the batch that it came into.
  @Override
  public Way one(Asked asked) {
    return singles.call(asked);
  }

  @Override
  public List<Way> many(List<Asked> asked) {
    List<Way> ways = new ArrayList<>(asked.size());
    for (int from = 0; from < asked.size(); from += AcceptBatch.LARGEST) {
      int to = Math.min(asked.size(), from + AcceptBatch.LARGEST);
      many.acquireUninterruptibly();
      try {
        ways.addAll(batch.accept(asked.subList(from, to)));
      } finally {
        many.release();
      }
    }
    return ways;
  }

  @Override
  public void close() {
    singles.close();
  }
}
