package dev.lantern.cli.stack.service;

import dev.lantern.cli.stack.detour.Detour;
import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.EngineSet;
import dev.lantern.cli.stack.envoy.EnvoyBinary;
import dev.lantern.cli.stack.pki.DemoApp;
import dev.lantern.cli.stack.pki.Leaf;
import dev.lantern.cli.stack.plan.Scale;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the templates of the services may name: this home's paths, ports, passwords and files.
final class Values {
  private final EngineSet stack;

  private Scale scale = Scale.SMALLEST;

  Values(EngineSet stack) {
    this.stack = stack;
  }

  /// How many instances there are from now on.
  synchronized void scaled(Scale to) {
    scale = to;
  }

  Map<String, Object> of(Service service) throws IOException, InterruptedException {
    var values = new HashMap<String, Object>();
    values.put("name", service.name());
    values.put("port", service.port());
    values.put("metricsPort", service.metricsPort());
    values.put("data", stack.home().data().resolve(service.identity()));
    values.put("logs", stack.home().logs());
    values.put("pki", stack.home().pki());
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
    values.put("keyPassphrase", stack.secrets().of("token-keys"));
    values.put("drawSecret", stack.secrets().of("draw"));
    for (Port port : Port.values()) {
      values.put(port.name().toLowerCase(Locale.ROOT) + ".port", port.of(stack.basePort()));
    }
    values.put("downstreams", "[]");
    if (stack.detoured()) {
      byDetours(service, values);
    }
    values.put("apiEndpoints", apiEndpoints(service));
    if (service.identity().equals("order-center")) {
      // Who issues rewards: an activity team's service, which is not ours to start.
      stack.pki().leaf("upstream");
    }
    if (service.identity().equals("control-plane")) {
      // It pushes to each Envoy what that Envoy proves itself with, and has Envoy check candidates.
      stack.pki().leaf("envoy-edge");
      stack.pki().leaf("envoy-mesh");
      values.put("envoyBinary", new EnvoyBinary(stack.cache(), System.getenv()).path());
    }
    return values;
  }

  private void byDetours(Service service, Map<String, Object> values) {
    for (Detour detour : Detour.values()) {
      if (detour.taker().equals(service.identity())) {
        values.put(detour.key(), detour.port(stack.basePort()));
      }
    }
    // The reference downstream, impatiently: a trial wants to see it come back.
    values.put(
        "downstreams",
        "[{name: vendor, address: {host: 127.0.0.1, port: %d, authority: vendor}, security: PLAINTEXT, longest_backoff: 5s}]"
            .formatted(Detour.VENDOR.port(stack.basePort())));
  }

  private synchronized String apiEndpoints(Service service) {
    int first = Port.API.of(stack.basePort());
    boolean detoured = stack.detoured() && Detour.ORDER_API.taker().equals(service.identity());
    return IntStream.range(first, first + scale.api())
        .map(port -> detoured && port == first ? Detour.ORDER_API.port(stack.basePort()) : port)
        .mapToObj(port -> "\"127.0.0.1:" + port + "\"")
        .collect(Collectors.joining(", "));
  }
}
