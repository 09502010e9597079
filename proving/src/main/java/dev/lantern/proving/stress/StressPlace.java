package dev.lantern.proving.stress;

import dev.lantern.proving.place.StackAccess;
import dev.lantern.runtime.identity.SpiffeId;
import dev.lantern.stores.redis.RedisConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.OptionalLong;

/// A stack as the driver of trials sees it: the same processes, the stress lane's ledger, and a
/// certificate that has no other lane.
record StressPlace(StackAccess live) implements StackAccess {
  static final String SCHEMA = "lantern_order_stress";

  @Override
  public String orderSchema() {
    return SCHEMA;
  }

  @Override
  public OperatorTls operator() {
    return live.identity(SpiffeId.STRESS_DRIVER.name());
  }

  @Override
  public OperatorTls identity(String name) {
    return live.identity(name);
  }

  @Override
  public void restart(String part) {
    live.restart(part);
  }

  @Override
  public Path home() {
    return live.home();
  }

  @Override
  public Address edge() {
    return live.edge();
  }

  @Override
  public Address mesh() {
    return live.mesh();
  }

  @Override
  public List<Address> orderApis() {
    return live.orderApis();
  }

  @Override
  public List<Address> orderSettles() {
    return live.orderSettles();
  }

  @Override
  public Address tokenService() {
    return live.tokenService();
  }

  @Override
  public Address counterService() {
    return live.counterService();
  }

  @Override
  public RedisConfig redisA() {
    return live.redisA();
  }

  @Override
  public RedisConfig redisB() {
    return live.redisB();
  }

  @Override
  public Address controlPlane() {
    return live.controlPlane();
  }

  @Override
  public DemoApp demoApp() {
    return live.demoApp();
  }

  @Override
  public Connection connect(String account) {
    return live.connect(account);
  }

  @Override
  public String kafka() {
    return live.kafka();
  }

  @Override
  public List<String> parts() {
    return live.parts();
  }

  @Override
  public OptionalLong pid(String part) {
    return live.pid(part);
  }

  @Override
  public boolean ready(String part) {
    return live.ready(part);
  }
}
