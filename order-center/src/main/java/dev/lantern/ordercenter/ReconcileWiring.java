package dev.lantern.ordercenter;

import dev.lantern.ordercenter.duties.Repeating;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.reconcile.AlarmSender;
import dev.lantern.ordercenter.reconcile.Alarms;
import dev.lantern.ordercenter.reconcile.HttpWebhook;
import dev.lantern.ordercenter.reconcile.Ids;
import dev.lantern.ordercenter.reconcile.MysqlAlarmOutbox;
import dev.lantern.ordercenter.reconcile.MysqlBooksAudit;
import dev.lantern.ordercenter.reconcile.MysqlFindingStore;
import dev.lantern.ordercenter.reconcile.MysqlManifestStore;
import dev.lantern.ordercenter.reconcile.MysqlMarks;
import dev.lantern.ordercenter.reconcile.MysqlOrderTimes;
import dev.lantern.ordercenter.reconcile.MysqlRunStore;
import dev.lantern.ordercenter.reconcile.OtelReconcileWatch;
import dev.lantern.ordercenter.reconcile.ReconcileConfig;
import dev.lantern.ordercenter.reconcile.Reconciler;
import dev.lantern.ordercenter.reconcile.Webhook;
import dev.lantern.ordercenter.settle.MysqlOffsetStore;
import dev.lantern.ordercenter.sweep.RedisTokenStore;
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
import java.util.function.Supplier;

/// Wires reconciliation in the role `settle`: every process can make the passes, one does.
final class ReconcileWiring implements AutoCloseable {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int LEAST_SECRET = 16;

  private final Repeating duties = new Repeating();
  private final Optional<HttpClient> client;

  private ReconcileWiring(ReconcileConfig config, Foundation base) {
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
    duties.every(SECOND, "reconcile", reconciler::tick);
  }

  static ReconcileWiring start(ReconcileConfig config, Foundation base) {
    return new ReconcileWiring(config, base);
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
    duties.close();
    client.ifPresent(HttpClient::close);
  }
}
