package dev.lantern.runtime.switches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import dev.lantern.mesh.v1.ReportSwitchesRequest;
import dev.lantern.mesh.v1.ReportSwitchesResponse;
import dev.lantern.mesh.v1.Switch;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.mesh.v1.WatchSwitchesRequest;
import dev.lantern.mesh.v1.WatchSwitchesResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SwitchesTest {

  private static final Map<String, Integer> CATALOGUE =
      Map.of("play.grab.drop", 0, "wallet.view", Switches.ON);

  @TempDir Path directory;

  private final BlockingQueue<StreamObserver<WatchSwitchesResponse>> streams =
      new LinkedBlockingQueue<>();
  private final BlockingQueue<ReportSwitchesRequest> reports = new LinkedBlockingQueue<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2027-01-01T00:00:00Z"));

  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void serve() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .addService(
                new SwitchServiceGrpc.SwitchServiceImplBase() {
                  @Override
                  public void watchSwitches(
                      WatchSwitchesRequest request, StreamObserver<WatchSwitchesResponse> stream) {
                    streams.add(stream);
                  }

                  @Override
                  public void reportSwitches(
                      ReportSwitchesRequest request,
                      StreamObserver<ReportSwitchesResponse> answer) {
                    reports.add(request);
                    answer.onNext(ReportSwitchesResponse.getDefaultInstance());
                    answer.onCompleted();
                  }
                })
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void defaults_hold_untilTheControlPlaneSpeaks() throws Exception {
    try (var switches = watch()) {
      assertThat(switches.isOn("wallet.view")).isTrue();
      assertThat(switches.isOn("play.grab.drop")).isFalse();
      assertThat(switches.inTouch()).isFalse();
      stream().onNext(said(7, one("play.grab.drop", 300), one("wallet.view", 0)));
      await(() -> switches.revision() == 7);
      assertThat(switches.perTenThousand("play.grab.drop")).isEqualTo(300);
      assertThat(switches.isOn("wallet.view")).isFalse();
      assertThat(switches.inTouch()).isTrue();
    }
  }

  @Test
  void stream_endingWithAnError_isOpenedAgainAndTheLastKnownHolds() throws Exception {
    try (var switches = watch()) {
      var first = stream();
      first.onNext(said(1, one("wallet.view", 0)));
      await(() -> switches.revision() == 1);
      first.onError(Status.UNAVAILABLE.asRuntimeException());
      var second = stream();
      assertThat(switches.isOn("wallet.view")).isFalse();
      second.onNext(said(2, one("wallet.view", 10_000)));
      await(() -> switches.revision() == 2);
      assertThat(switches.isOn("wallet.view")).isTrue();
    }
  }

  @Test
  void restart_withoutTheControlPlane_startsFromTheFile() throws Exception {
    try (var switches = watch()) {
      stream().onNext(said(5, one("wallet.view", 0)));
      await(() -> Files.exists(file()));
      await(() -> switches.revision() == 5);
    }
    server.shutdownNow();
    try (var again = watch()) {
      assertThat(again.revision()).isEqualTo(5);
      assertThat(again.isOn("wallet.view")).isFalse();
    }
  }

  @Test
  void file_thatIsNotReadable_leavesTheDefaults() throws Exception {
    Files.writeString(file(), "{\"revision\": ");
    try (var switches = watch()) {
      assertThat(switches.revision()).isZero();
      assertThat(switches.isOn("wallet.view")).isTrue();
    }
  }

  @Test
  void expiredSwitch_fallsBackByItself() throws Exception {
    Instant expires = now.get().plus(Duration.ofMinutes(5));
    try (var switches = watch()) {
      stream()
          .onNext(
              said(
                  1,
                  one("play.grab.drop", 500).toBuilder()
                      .setExpireTime(Timestamps.fromMillis(expires.toEpochMilli()))
                      .setDefaultPerTenThousand(10)
                      .build()));
      await(() -> switches.perTenThousand("play.grab.drop") == 500);
      now.set(expires);
      assertThat(switches.perTenThousand("play.grab.drop")).isEqualTo(10);
    }
  }

  @Test
  void switchOfALevel_fallsBackToWhatItWasBefore() throws Exception {
    Instant expires = now.get().plus(Duration.ofMinutes(5));
    try (var switches = watch()) {
      stream()
          .onNext(
              said(
                  1,
                  one("play.grab.drop", 3000).toBuilder()
                      .setExpireTime(Timestamps.fromMillis(expires.toEpochMilli()))
                      .setAfterPerTenThousand(500)
                      .build()));
      await(() -> switches.perTenThousand("play.grab.drop") == 3000);
      now.set(expires);
      assertThat(switches.perTenThousand("play.grab.drop")).isEqualTo(500);
    }
  }

  /// The digest is made of what reading a switch answers; it is no echo of the one that was told.
  @Test
  void whatIsObeyed_isReportedAtOnce() throws Exception {
    try (var _ = watch()) {
      var said = said(7, one("wallet.view", 0)).toBuilder().setDigest("d7").build();
      stream().onNext(said);
      ReportSwitchesRequest report = report(one -> one.getRevision() == 7);
      assertThat(report.getWatcher()).isEqualTo("test/1");
      assertThat(report.getDigest()).isEqualTo("9b96f621384b6826");
      assertThat(report.getBusyPercent()).isEqualTo(42);
    }
  }

  @Test
  void turnThatEndsByItself_isReported() throws Exception {
    Instant expires = now.get().plus(Duration.ofMinutes(5));
    Switch drop =
        one("play.grab.drop", 500).toBuilder()
            .setExpireTime(Timestamps.fromMillis(expires.toEpochMilli()))
            .setDefaultPerTenThousand(10)
            .build();
    try (var _ = watch()) {
      stream().onNext(said(1, drop, one("wallet.view", 10_000)));
      assertThat(report(one -> one.getRevision() == 1).getDigest()).isEqualTo("8826cdd083136cf4");
      now.set(expires);
      var _ = report(one -> one.getDigest().equals("ecc583974f874a77"));
    }
  }

  private ReportSwitchesRequest report(Predicate<ReportSwitchesRequest> wanted)
      throws InterruptedException {
    ReportSwitchesRequest report;
    do {
      report = reports.poll(10, TimeUnit.SECONDS);
      assertThat(report).as("a report").isNotNull();
    } while (!wanted.test(report));
    return report;
  }

  @Test
  void unknownName_isADefect() {
    var switches = Switches.atDefaults(CATALOGUE);
    assertThatThrownBy(() -> switches.isOn("wallet.vew"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Switches watch() {
    return Switches.watch(
        CATALOGUE,
        channel,
        "test/1",
        new SwitchConfig(file()),
        () -> now.get(),
        () -> OptionalInt.of(42));
  }

  private Path file() {
    return directory.resolve("switches.json");
  }

  private StreamObserver<WatchSwitchesResponse> stream() throws InterruptedException {
    var stream = streams.poll(10, TimeUnit.SECONDS);
    assertThat(stream).as("a stream was opened").isNotNull();
    return stream;
  }

  private static void await(BooleanSupplier so) {
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!so.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private static Switch one(String name, int perTenThousand) {
    return Switch.newBuilder().setName(name).setPerTenThousand(perTenThousand).build();
  }

  private static WatchSwitchesResponse said(long revision, Switch... switches) {
    return WatchSwitchesResponse.newBuilder()
        .setRevision(revision)
        .addAllSwitches(List.of(switches))
        .build();
  }
}
