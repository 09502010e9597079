package dev.lantern.counterservice;

import dev.lantern.counter.v1.WatchResponse;
import dev.lantern.counterservice.read.Watchers;
import dev.lantern.counterservice.read.Watchers.Risen;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A reader of `Watch`.
final class CounterStream implements Watchers.Listener {

  private static final Logger log = LoggerFactory.getLogger(CounterStream.class);

  private final ServerCallStreamObserver<WatchResponse> call;
  private volatile boolean ended;

  CounterStream(ServerCallStreamObserver<WatchResponse> call) {
    this.call = call;
  }

  @Override
  public boolean isReady() {
    return !isGone() && call.isReady();
  }

  @Override
  public boolean isGone() {
    return ended || call.isCancelled();
  }

  @Override
  public void tell(List<Risen> risen) {
    var message = WatchResponse.newBuilder();
    risen.forEach(one -> message.addCounters(CounterMessages.proto(one)));
    try {
      call.onNext(message.build());
    } catch (RuntimeException e) {
      // Draining has ended the call under us; nobody else's poll shall suffer.
      ended = true;
      log.debug("a reader went while it was told", e);
    }
  }
}
