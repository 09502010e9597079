package dev.lantern.cli.stack.service;

import dev.lantern.cli.stack.engine.EngineSet;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.plan.Scale;
import dev.lantern.cli.stack.process.JavaLaunch.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The process table of our own services.
///
/// Heaps are what a development machine needs (2,000 users of a rain), not what production gives.
public final class Services {
  public static final String CONTROL_PLANE = "control-plane";
  public static final String RATELIMIT = "ratelimit";

  /// Nearly everything an order needs is garbage when it is answered: a wide nursery sees it die.
  private static final List<String> ORDER_CENTER_HEAP =
      List.of("-Xms160m", "-Xmn96m", "-Xmx224m", "-Xss512k");

  private final EngineSet stack;
  private final Values values;

  public Services(EngineSet stack) {
    this.stack = stack;
    this.values = new Values(stack);
  }

  public List<Part> parts(Scale scale) {
    values.scaled(scale);
    var parts = new ServicePart(stack, values);
    return table(scale).stream().map(parts::of).toList();
  }

  private List<Service> table(Scale scale) {
    var table = new ArrayList<Service>();
    table.add(service("token-service", "tokenservice", 96, Port.TOKEN, Set.of("mariadb")));
    table.add(
        service(
            "counter-service", "counterservice", 64, Port.COUNTER, Set.of("redis-a", "redis-b")));
    for (int i = 1; i <= scale.api(); i++) {
      table.add(orderCenter("api", i, Port.API.of(stack.basePort()) + i - 1));
    }
    for (int i = 1; i <= scale.settle(); i++) {
      table.add(orderCenter("settle", i, Port.SETTLE.of(stack.basePort()) + i - 1));
    }
    table.add(service("wallet-api", "walletapi", 96, Port.WALLET, Set.of("mariadb", "redis-a")));
    table.add(service(CONTROL_PLANE, "controlplane", 96, Port.XDS, Set.of("mariadb")));
    table.add(limiter());
    return table;
  }

  private Service service(
      String name, String packageName, int heapMb, Port port, Set<String> after) {
    return new Service(
        name,
        name,
        new Program(name, "dev.lantern." + packageName + ".Main"),
        name + ".yaml",
        heap(heapMb),
        port.of(stack.basePort()),
        after);
  }

  /// The other role of the control plane's jar; until that has told it its rules it is not ready.
  private Service limiter() {
    return new Service(
        RATELIMIT,
        RATELIMIT,
        new Program(CONTROL_PLANE, "dev.lantern.controlplane.LimiterMain"),
        RATELIMIT + ".yaml",
        heap(96),
        Port.RATELIMIT.of(stack.basePort()),
        Set.of("redis-b"));
  }

  private static Service orderCenter(String role, int number, int port) {
    return new Service(
        "order-" + role + "-" + number,
        "order-center",
        new Program("order-center", "dev.lantern.ordercenter.Main"),
        "order-" + role + ".yaml",
        ORDER_CENTER_HEAP,
        port,
        Set.of("mariadb", "redis-a", "kafka"));
  }

  private static List<String> heap(int megabytes) {
    return List.of("-Xms32m", "-Xmx" + megabytes + "m", "-Xss512k");
  }
}
