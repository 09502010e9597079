package dev.lantern.ordercenter.tally;

import dev.lantern.common.v1.Lane;
import dev.lantern.counter.v1.AddRequest;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.counter.v1.WriterTotal;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// [Counters] by the counter service.
public final class GrpcCounters implements Counters {
  private final CounterServiceGrpc.CounterServiceBlockingStub stub;
  private final Lane lane;
  private final Duration deadline;

  public GrpcCounters(Channel channel, Lane lane, Duration deadline) {
    this.stub = CounterServiceGrpc.newBlockingStub(channel);
    this.lane = lane;
    this.deadline = deadline;
  }

  @Override
  public void report(List<WriterTotal> totals) {
    var _ =
        stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
            .add(AddRequest.newBuilder().setLane(lane).addAllTotals(totals).build());
  }
}
