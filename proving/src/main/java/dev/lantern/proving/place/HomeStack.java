package dev.lantern.proving.place;

import dev.lantern.cli.stack.Stack;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.home.Secrets;
import dev.lantern.cli.stack.pki.DevPki;
import dev.lantern.cli.stack.pki.Leaf;
import dev.lantern.cli.stack.process.ProcessIdentity;
import dev.lantern.cli.stack.service.Port;
import dev.lantern.cli.stack.supervise.PartStatus;
import dev.lantern.cli.stack.supervise.Phase;
import dev.lantern.cli.stack.supervise.StackState;
import dev.lantern.stores.Secret;
import dev.lantern.stores.redis.RedisConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/// The embedded stack of one home, while its supervisor runs.
public final class HomeStack implements StackAccess {
  private static final String HOST = "127.0.0.1";
  private static final String API = "order-api-";
  private static final String SETTLE = "order-settle-";

  private final Stack stack;
  private final Home home;
  private final int basePort;
  private final Secrets secrets;
  private final DevPki pki;
  private final OperatorTls operator;

  /// @param secure for passwords, should one be asked for that was never made
  public HomeStack(Stack stack, SecureRandom secure) {
    this.stack = stack;
    this.home = stack.home();
    this.secrets = new Secrets(home, secure);
    this.basePort = state().basePort();
    this.pki = new DevPki(home, secrets);
    this.operator = identity("operator");
  }

  @Override
  public Path home() {
    return home.root();
  }

  @Override
  public Address edge() {
    return new Address(HOST, Port.EDGE.of(basePort));
  }

  @Override
  public Address mesh() {
    return new Address(HOST, Port.MESH.of(basePort));
  }

  @Override
  public List<Address> orderApis() {
    return instances(API);
  }

  @Override
  public List<Address> orderSettles() {
    return instances(SETTLE);
  }

  private List<Address> instances(String prefix) {
    return state().parts().stream()
        .filter(part -> part.name().startsWith(prefix))
        .map(part -> new Address(HOST, part.ports().getFirst()))
        .toList();
  }

  @Override
  public OperatorTls operator() {
    return operator;
  }

  @Override
  public Address tokenService() {
    return new Address(HOST, Port.TOKEN.of(basePort));
  }

  @Override
  public Address counterService() {
    return new Address(HOST, Port.COUNTER.of(basePort));
  }

  @Override
  public RedisConfig redisA() {
    return redis(Engine.REDIS_A);
  }

  @Override
  public RedisConfig redisB() {
    return redis(Engine.REDIS_B);
  }

  private RedisConfig redis(Engine which) {
    return RedisConfig.at(HOST, which.port(basePort), new Secret(secrets.of(which.part())));
  }

  @Override
  public Address controlPlane() {
    return new Address(HOST, Port.XDS.of(basePort));
  }

  @Override
  public DemoApp demoApp() {
    return new DemoApp(
        dev.lantern.cli.stack.pki.DemoApp.APP_ID, dev.lantern.cli.stack.pki.DemoApp.of(home).key());
  }

  @Override
  public Connection connect(String account) {
    String url =
        "jdbc:mariadb://%s:%d/lantern_order?connectTimeout=2000&socketTimeout=60000&sslMode=verify-full&serverSslCert=%s"
            .formatted(HOST, Engine.MARIADB.port(basePort), operator.authority());
    try {
      return DriverManager.getConnection(url, account, secrets.of("mysql-" + account));
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be reached: " + e.getMessage(), e);
    }
  }

  @Override
  public String kafka() {
    return HOST + ":" + Engine.KAFKA.port(basePort);
  }

  @Override
  public List<String> parts() {
    return state().parts().stream().map(PartStatus::name).toList();
  }

  @Override
  public OptionalLong pid(String part) {
    return state()
        .part(part)
        .flatMap(PartStatus::running)
        .map(ProcessIdentity::pid)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  @Override
  public void restart(String part) {
    stack.control().stop(part);
    stack.control().start(part);
  }

  @Override
  public boolean ready(String part) {
    return state().part(part).filter(p -> p.phase() == Phase.READY).isPresent();
  }

  private StackState state() {
    return stack
        .state()
        .orElseThrow(() -> new IllegalStateException("no stack runs at " + home.root()));
  }

  @Override
  public OperatorTls identity(String name) {
    try {
      Leaf leaf = pki.leaf(name);
      return new OperatorTls(leaf.certificate(), leaf.key(), leaf.authority());
    } catch (IOException e) {
      throw new UncheckedIOException("the certificate of " + name + " cannot be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
