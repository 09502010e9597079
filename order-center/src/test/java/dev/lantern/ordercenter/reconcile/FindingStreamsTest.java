package dev.lantern.ordercenter.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.order.v1.WatchFindingsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FindingStreamsTest {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");
  private static final int MANY = 2 * FindingStreams.AT_ONCE + 7;

  private final List<Finding> findings = new ArrayList<>();
  private final Listener listener = new Listener();

  @Test
  void moreThanAPageInOneInstant_isAllTold_once() {
    FindingStreams streams = new FindingStreams(this::since, () -> NOW);
    streams.watch(Filter.ALL, listener);
    for (int n = 0; n < MANY; n++) {
      findings.add(finding(n));
    }

    streams.tick();
    streams.tick();

    assertThat(listener.told).hasSize(MANY).doesNotHaveDuplicates();
  }

  private static Finding finding(long id) {
    Found found = Found.of(Discrepancy.BALANCE_DIFFERS, "account-" + id, "spring", 1, 1, "");
    return new Finding(id, found, Finding.State.OPEN, NOW, NOW, NOW, Optional.empty(), 0);
  }

  private List<Finding> since(Instant instant, long afterId, int limit) {
    return findings.stream()
        .filter(one -> !one.changed().isBefore(instant))
        .filter(one -> one.changed().isAfter(instant) || one.id() > afterId)
        .sorted(Comparator.comparing(Finding::changed).thenComparing(Finding::id))
        .limit(limit)
        .toList();
  }

  private static final class Listener extends ServerCallStreamObserver<WatchFindingsResponse> {
    private final List<String> told = new ArrayList<>();

    @Override
    public void onNext(WatchFindingsResponse response) {
      told.add(response.getFinding().getSubject());
    }

    @Override
    public void onError(Throwable broken) {}

    @Override
    public void onCompleted() {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
  }
}
