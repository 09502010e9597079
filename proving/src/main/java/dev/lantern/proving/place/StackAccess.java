package dev.lantern.proving.place;

import dev.lantern.stores.redis.RedisConfig;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.sql.Connection;
import java.util.List;
import java.util.OptionalLong;

/// A running stack, as its operator sees it.
public interface StackAccess {
  /// The stack's directory; the rain keeps its logs under `rain/` in it.
  Path home();

  Address edge();

  /// Where services and operators meet, by mTLS; the authority names the service.
  Address mesh();

  /// The instances of order-center's api role, by mTLS with the operator's certificate.
  List<Address> orderApis();

  OperatorTls operator();

  /// The certificate of another caller, such as `stress-driver`.
  OperatorTls identity(String name);

  /// The instances of order-center's settle role.
  List<Address> orderSettles();

  Address tokenService();

  Address counterService();

  /// The Redis that holds tokens and claims.
  RedisConfig redisA();

  /// The other Redis, for counters and limits.
  RedisConfig redisB();

  /// The schema of the ledger that is looked at.
  default String orderSchema() {
    return "lantern_order";
  }

  /// The control plane, by mTLS with the operator's certificate.
  Address controlPlane();

  /// The app whose key signs the rain's assertions.
  DemoApp demoApp();

  /// A new connection to the ledger as the account named (`auditor`, or `root` for the self-test).
  /// The caller closes it. Throws IllegalStateException when the database cannot be reached.
  Connection connect(String account);

  /// Kafka's `host:port`.
  String kafka();

  /// The names of all parts that should be running, such as `settle-1`.
  List<String> parts();

  /// The process of a part; empty while it does not run.
  OptionalLong pid(String part);

  /// Ends a part in good order and starts it again; returns once it has ended. It is not ready yet.
  void restart(String part);

  /// Whether a part runs and answers.
  boolean ready(String part);

  /// An address.
  record Address(String host, int port) {}

  /// PEM files.
  record OperatorTls(Path certificate, Path key, Path authority) {}

  /// The demonstration app.
  record DemoApp(int appId, PrivateKey key) {}
}
