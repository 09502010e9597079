package dev.lantern.ordercenter;

import dev.lantern.ordercenter.duties.Repeating;
import dev.lantern.ordercenter.grant.Inquiry;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.reconcile.AlarmSender;
import dev.lantern.ordercenter.reconcile.Alarms;
import dev.lantern.ordercenter.reconcile.CeilingPass;
import dev.lantern.ordercenter.reconcile.HttpWebhook;
import dev.lantern.ordercenter.reconcile.Ids;
import dev.lantern.ordercenter.reconcile.LeadershipLost;
import dev.lantern.ordercenter.reconcile.MysqlAlarmOutbox;
import dev.lantern.ordercenter.reconcile.MysqlBooksAudit;
import dev.lantern.ordercenter.reconcile.MysqlFindingStore;
import dev.lantern.ordercenter.reconcile.MysqlGrantAudit;
import dev.lantern.ordercenter.reconcile.MysqlManifestStore;
import dev.lantern.ordercenter.reconcile.MysqlMarks;
import dev.lantern.ordercenter.reconcile.MysqlOrderTimes;
import dev.lantern.ordercenter.reconcile.MysqlRecordAudit;
import dev.lantern.ordercenter.reconcile.MysqlRecordMarks;
import dev.lantern.ordercenter.reconcile.MysqlRunStore;
import dev.lantern.ordercenter.reconcile.MysqlTokenCounts;
import dev.lantern.ordercenter.reconcile.OtelReconcileWatch;
import dev.lantern.ordercenter.reconcile.OtelSidesWatch;
import dev.lantern.ordercenter.reconcile.ReconcileConfig;
import dev.lantern.ordercenter.reconcile.Reconciler;
import dev.lantern.ordercenter.reconcile.Sides;
import dev.lantern.ordercenter.reconcile.Signatures;
import dev.lantern.ordercenter.reconcile.Webhook;
import dev.lantern.ordercenter.settle.KafkaLogPieces;
import dev.lantern.ordercenter.settle.LogPieces;
import dev.lantern.ordercenter.settle.MysqlOffsetStore;
import dev.lantern.ordercenter.settle.VirtualThreads;
import dev.lantern.ordercenter.sweep.RedisTokenStore;
import dev.lantern.ordercenter.weak.OrderSwitch;
import dev.lantern.ordercenter.weak.OwnPace;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Wires reconciliation in the role `settle`: every process can make the passes, one does.
final class ReconcileWiring implements AutoCloseable {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int LEAST_SECRET = 16;

  private final Repeating duties = new Repeating();
  private final Optional<HttpClient> client;

  private final LogPieces pieces;
  private final VirtualThreads threads = new VirtualThreads();

  private ReconcileWiring(
      ReconcileConfig config,
      String kafka,
      List<Inquiry> vendors,
      Optional<Signatures> signatures,
      Predicate<OrderSwitch> on,
      Foundation base) {
    Ids ids = new Ids(new SecureRandom()::nextLong);
    var watch = new OtelReconcileWatch(base.telemetry.meter());
    client =
        config
            .webhook()
            .map(_ -> HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build());
    Optional<Webhook> webhook =
        client.map(http ->
            new HttpWebhook(
                http,
                URI.create(config.webhook().orElseThrow()),
                secret(config.webhookSecret().orElseThrow())));
    var findings =
        new MysqlFindingStore(
            base.database, ids, new Alarms(webhook.isPresent(), "/order-center", ids));
    var stores =
        new Reconciler.Stores(
            new MysqlMarks(base.database),
            findings,
            new MysqlManifestStore(base.database, ids),
            new MysqlRunStore(base.database, ids),
            new MysqlBooksAudit(base.database),
            new MysqlOrderTimes(base.database),
            new RedisTokenStore(base.redisA, base.lane),
            new MysqlOffsetStore(base.database),
            new AlarmSender(new MysqlAlarmOutbox(base.database), webhook, watch, base.clock));
    Supplier<List<LogName>> logs =
        () -> base.logs.all().stream().filter(log -> log.lane() == base.lane).toList();
    var reconciler =
        new Reconciler(
            base.life,
            base.lane,
            stores,
            logs,
            base.topics,
            new Reconciler.Patience(
                config.lag(), config.tokenAge(), config.parkedAge(), config.stalledAfter()),
            watch,
            base.clock);
    pieces = new KafkaLogPieces(kafka, base.life + "-reconcile");
    Sides sides =
        new Sides(
            reconciler::leading,
            base.lane,
            new Sides.Stores(
                stores.marks(),
                findings,
                new MysqlRecordMarks(base.database),
                new MysqlRecordAudit(base.database),
                new MysqlGrantAudit(base.database),
                stores.offsets(),
                pieces,
                base.topics,
                logs),
            new Sides.Vendors(vendors, threads, config.grantAge()),
            new OtelSidesWatch(base.telemetry.meter(), watch),
            base.clock);
    duties.every(SECOND, "reconcile", reconciler::tick);
    signatures.ifPresent(signed -> {
      var surplus = new AtomicLong();
      var lane = Attributes.of(AttributeKey.stringKey("lane"), base.lane.name());
      var _ =
          base.telemetry
              .meter()
              .gaugeBuilder("lantern.tokens.surplus")
              .ofLongs()
              .setDescription("Tokens signed that no booked order stands for")
              .buildWithCallback(gauge -> gauge.record(surplus.get(), lane));
      var pass =
          new CeilingPass(
              signed, new MysqlTokenCounts(base.database), findings, surplus::set, base.clock);
      duties.every(SECOND, "reconcile-ceiling", () -> led(reconciler, pass));
    });
    duties.every(
        SECOND,
        "reconcile-records",
        OwnPace.during(() -> on.test(OrderSwitch.RECONCILE), sides::records));
    duties.every(
        SECOND,
        "reconcile-grants",
        OwnPace.during(() -> on.test(OrderSwitch.INQUIRIES), sides::grants));
  }

  /// Starts the passes.
  ///
  /// @param kafka its bootstrap servers
  /// @param vendors whom to ask what was given
  /// @param signatures what was signed, if it is to be compared
  /// @param on which of it may be done now, asked before every turn
  static ReconcileWiring start(
      ReconcileConfig config,
      String kafka,
      List<Inquiry> vendors,
      Optional<Signatures> signatures,
      Predicate<OrderSwitch> on,
      Foundation base) {
    return new ReconcileWiring(config, kafka, vendors, signatures, on, base);
  }

  private static void led(Reconciler reconciler, CeilingPass pass) {
    try {
      reconciler.leading().ifPresent(pass::tick);
    } catch (LeadershipLost lost) {
      // Another process goes on where the marks are.
    }
  }

  private static byte[] secret(Path file) {
    try {
      byte[] secret = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
      if (secret.length < LEAST_SECRET) {
        throw new IllegalArgumentException("the webhook's secret has less than 16 bytes: " + file);
      }
      return secret;
    } catch (IOException e) {
      throw new UncheckedIOException("the webhook's secret cannot be read", e);
    }
  }

  @Override
  public void close() {
    pieces.wakeUp();
    duties.close();
    pieces.close();
    threads.close();
    client.ifPresent(HttpClient::close);
  }
}
