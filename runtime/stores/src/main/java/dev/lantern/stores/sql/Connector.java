package dev.lantern.stores.sql;

import io.asyncer.r2dbc.mysql.MySqlConnectionConfiguration;
import io.asyncer.r2dbc.mysql.MySqlConnectionFactory;
import io.asyncer.r2dbc.mysql.api.MySqlConnection;
import io.asyncer.r2dbc.mysql.constant.SslMode;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/// Makes connections whose socket we can close at once.
///
/// The driver's own close is a command queued behind the running statement, useless against a
/// frozen server; so each connection gets its own view of the shared event loops, which remembers
/// the one channel made through it.
final class Connector implements ConnectionFactory {

  private final DatabaseConfig config;
  private final LoopResources loops;

  Connector(DatabaseConfig config, LoopResources loops) {
    this.config = config;
    this.loops = loops;
  }

  @Override
  public Mono<CuttableConnection> create() {
    return Mono.defer(() -> {
      var socket = new Socket(loops);
      return MySqlConnectionFactory.from(settings(socket))
          .create()
          .flatMap(made -> prepare(made, socket))
          .doOnError(_ -> socket.close())
          .doOnCancel(socket::close);
    });
  }

  @Override
  public ConnectionFactoryMetadata getMetadata() {
    return () -> "MySQL";
  }

  private Mono<CuttableConnection> prepare(MySqlConnection connection, Socket socket) {
    ServerKind kind = ServerKind.of(connection.getMetadata().getDatabaseVersion());
    return Flux.fromIterable(kind.sessionSettings(config))
        .concatMap(sql -> connection.createStatement(sql).execute())
        .concatMap(result -> result.getRowsUpdated())
        .then(Mono.fromSupplier(() -> new CuttableConnection(connection, socket.channel(), kind)));
  }

  private MySqlConnectionConfiguration settings(Socket socket) {
    var builder =
        MySqlConnectionConfiguration.builder()
            .host(config.host())
            .port(config.port())
            .user(config.user())
            .password(config.password().value())
            .database(config.database())
            .connectTimeout(config.connectTimeout())
            .connectionTimeZone("UTC")
            .tinyInt1isBit(false)
            .tcpNoDelay(true)
            .tcpKeepAlive(true)
            .autodetectExtensions(false)
            // The JDK's resolver: the default one would open a socket of its own per connection.
            .resolver(DefaultAddressResolverGroup.INSTANCE)
            .loopResources(socket)
            .sslMode(sslMode(config.tls().verify()));
    config.tls().ca().ifPresent(ca -> builder.sslCa(ca.toString()));
    return builder.build();
  }

  private static SslMode sslMode(DatabaseConfig.Verify verify) {
    return switch (verify) {
      case OFF -> SslMode.DISABLED;
      case ENCRYPT -> SslMode.REQUIRED;
      case CA -> SslMode.VERIFY_CA;
      case IDENTITY -> SslMode.VERIFY_IDENTITY;
    };
  }
}
