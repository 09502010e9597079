package dev.lantern.cli.stack.plan;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.EngineSet;
import dev.lantern.cli.stack.envoy.EnvoyPart;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.service.Services;
import dev.lantern.cli.stack.service.Vendor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The plans there are: everything, or the engines alone.
public final class Parts {
  /// Engines, services, proxies.
  public static final String ALL = "all";

  /// MariaDB, both Redis, Kafka.
  public static final String ENGINES = "engines";

  /// Everything, and a downstream, with order-center's dependencies reached by their detours: for
  /// who stands there and lets through what it likes.
  public static final String DETOURED = "detoured";

  private Parts() {}

  public static StackPlan named(String name, Home home, Path checkout, int basePort) {
    var engines = EngineSet.at(home, basePort, checkout);
    return switch (name) {
      case ENGINES -> new EnginesAlone(engines);
      case ALL -> new Whole(engines, new Services(engines), List.of());
      case DETOURED -> {
        var detoured = engines.byDetours();
        yield new Whole(detoured, new Services(detoured), List.of(new Vendor(detoured).part()));
      }
      default -> throw new StackException("no plan is called " + name, "all, engines, detoured");
    };
  }

  private static List<Part> embedded(EngineSet engines) {
    return Arrays.stream(Engine.values()).map(engines::part).toList();
  }

  private record EnginesAlone(EngineSet engines) implements StackPlan {
    @Override
    public List<Part> parts(Scale scale) {
      return embedded(engines);
    }

    @Override
    public Set<String> knowTheScale() {
      return Set.of();
    }
  }

  private record Whole(EngineSet engines, Services services, List<Part> more) implements StackPlan {
    @Override
    public List<Part> parts(Scale scale) {
      var parts = new ArrayList<>(embedded(engines));
      parts.addAll(services.parts(scale));
      parts.addAll(more);
      parts.add(new EnvoyPart(engines, EnvoyPart.Role.MESH).part());
      parts.add(new EnvoyPart(engines, EnvoyPart.Role.EDGE).part());
      return parts;
    }

    @Override
    public Set<String> knowTheScale() {
      return Set.of(Services.CONTROL_PLANE);
    }
  }
}
