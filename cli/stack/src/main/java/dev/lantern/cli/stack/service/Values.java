package dev.lantern.cli.stack.service;

import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.EngineSet;
import dev.lantern.cli.stack.pki.DemoApp;
import dev.lantern.cli.stack.pki.Leaf;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What the templates of the services may name: this home's paths, ports, passwords and files.
final class Values {
  private final EngineSet stack;

  Values(EngineSet stack) {
    this.stack = stack;
  }

  Map<String, Object> of(Service service) throws IOException, InterruptedException {
    var values = new HashMap<String, Object>();
    values.put("name", service.name());
    values.put("port", service.port());
    values.put("metricsPort", service.metricsPort());
    values.put("data", stack.home().data().resolve(service.identity()));
    values.put("checkout", stack.java().checkout());
    Leaf leaf = stack.pki().leaf(service.identity());
    values.put("certificate", leaf.certificate());
    values.put("key", leaf.key());
    values.put("ca", leaf.authority());
    for (Engine engine : Engine.values()) {
      values.put(engine.part() + ".port", engine.port(stack.basePort()));
    }
    for (Account account : Account.values()) {
      values.put("password." + account.user(), stack.password(account));
    }
    for (Engine redis : new Engine[] {Engine.REDIS_A, Engine.REDIS_B}) {
      values.put("password." + redis.part(), stack.secrets().of(redis.part()));
    }
    values.put("apps", DemoApp.of(stack.home()).registry());
    values.put("drawSecret", stack.secrets().of("draw"));
    for (Port port : Port.values()) {
      values.put(port.name().toLowerCase(Locale.ROOT) + ".port", port.of(stack.basePort()));
    }
    return values;
  }
}
