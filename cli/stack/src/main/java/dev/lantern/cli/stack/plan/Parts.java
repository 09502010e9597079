package dev.lantern.cli.stack.plan;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.EngineSet;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.service.Services;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The plans there are: everything, or the engines alone.
public final class Parts {
  /// Engines, services, proxies.
  public static final String ALL = "all";

  /// MariaDB, both Redis, Kafka.
  public static final String ENGINES = "engines";

  private Parts() {}

  public static StackPlan named(String name, Home home, Path checkout, int basePort) {
    var engines = EngineSet.at(home, basePort, checkout);
    return switch (name) {
      case ENGINES -> _ -> engines(engines);
      case ALL -> scale -> all(engines, scale);
      default -> throw new StackException("no plan is called " + name, "all, engines");
    };
  }

  private static List<Part> all(EngineSet engines, Scale scale) {
    var parts = new ArrayList<>(engines(engines));
    parts.addAll(new Services(engines).parts(scale));
    return parts;
  }

  private static List<Part> engines(EngineSet engines) {
    return Arrays.stream(Engine.values()).map(engines::part).toList();
  }
}
