package dev.lantern.proving.stages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// *resolve(round)*: the one child that a round of a tree belongs to. A declared round belongs to
/// the child that lists it; a scene without rounds to the child whose window, `opens` to before
/// `closes`, holds the order's open time. No clock is asked.
public final class StageOracle {
  private static final List<String> STAGES = List.of("", "INTERNAL", "GREY", "OFFICIAL");

  private final List<Place> places;

  private StageOracle(List<Place> places) {
    this.places = List.copyOf(places);
  }

  /// A child and its stage.
  ///
  /// @param stage by its number
  /// @param guests who may take part; empty: everyone
  public record Child(
      String id, String name, int stage, Instant opens, Instant closes, Set<Long> guests) {
    public boolean admits(long actId) {
      return guests.isEmpty() || guests.contains(actId);
    }
  }

  /// One round of one scene in one child; round 0 for a scene without any.
  private record Place(Child child, String sceneId, int rainId) {}

  /// Reads a tree.
  public static StageOracle of(String document) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    Map<?, ?> tree = new Yaml(new SafeConstructor(options)).load(document);
    var places = new ArrayList<Place>();
    for (Map<?, ?> node : maps(tree, "children")) {
      Child child = child(node);
      for (Map<?, ?> scene : maps(node, "scenes")) {
        String id = text(scene, "id");
        if (!scene.containsKey("rounds")) {
          places.add(new Place(child, id, 0));
        }
        for (Map<?, ?> round : maps(scene, "rounds")) {
          places.add(new Place(child, id, Integer.parseInt(text(round, "rain_id"))));
        }
      }
    }
    return new StageOracle(places);
  }

  /// The child of an order; empty where the tree has no such round, or none at that time.
  public Optional<Child> resolve(String sceneId, int rainId, Instant openTime) {
    return places.stream()
        .filter(place -> place.sceneId().equals(sceneId) && place.rainId() == rainId)
        .map(Place::child)
        .filter(child ->
            rainId > 0 || (!openTime.isBefore(child.opens()) && openTime.isBefore(child.closes())))
        .findFirst();
  }

  /// In the order of their stages.
  public List<Child> children() {
    return places.stream()
        .map(Place::child)
        .distinct()
        .sorted(Comparator.comparingInt(Child::stage))
        .toList();
  }

  private static Child child(Map<?, ?> node) {
    String name = text(node, "stage");
    Set<Long> guests =
        node.get("audience") instanceof Map<?, ?> audience
                && audience.get("allow_list") instanceof List<?> list
            ? list.stream().map(id -> Long.valueOf(id.toString())).collect(Collectors.toSet())
            : Set.of();
    return new Child(
        text(node, "id"),
        name,
        STAGES.indexOf(name),
        instant(node.get("opens")),
        instant(node.get("closes")),
        guests);
  }

  private static Instant instant(@Nullable Object value) {
    return value instanceof Date date ? date.toInstant() : Instant.parse("" + value);
  }

  private static List<Map<?, ?>> maps(Map<?, ?> node, String key) {
    var maps = new ArrayList<Map<?, ?>>();
    if (node.get(key) instanceof List<?> list) {
      list.forEach(item -> maps.add((Map<?, ?>) item));
    }
    return maps;
  }

  private static String text(Map<?, ?> node, String key) {
    Object value = node.get(key);
    if (value == null) {
      throw new IllegalArgumentException("the tree has no " + key);
    }
    return value.toString();
  }
}
