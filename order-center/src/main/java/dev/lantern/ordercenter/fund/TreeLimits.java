package dev.lantern.ordercenter.fund;

import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.settle.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// What one revision of a campaign tree says of money, and of what cannot be finished at once.
///
/// Read from the document by the few keys that matter here: a revision was judged as a whole when
/// it was applied, and this reading does not change with the rest of the tree.
///
/// @param scenes by scene id
/// @param payers the budgets that pay a template's rewards, by template id
/// @param thresholds the highest threshold of a budget's scenes, in percent
/// @param retries the policies that scenes declare, by `CHILD/SCENE`
/// @param stages by child
record TreeLimits(
    String activityId,
    long revision,
    Instant effectiveAt,
    Map<String, SceneLimits> scenes,
    Map<String, Set<String>> payers,
    Map<String, Integer> thresholds,
    Map<String, RetryPolicy> retries,
    Map<String, Stage> stages) {
  private static final int MAX_CODE_POINTS = 1 << 21;
  private static final int DEFAULT_THRESHOLD = 10;

  /// What a scene may give.
  ///
  /// @param singleFen at most so much an order
  /// @param dailyFen at most so much a person and day over the parent activity; 0: no limit
  record SceneLimits(long singleFen, long dailyFen) {}

  boolean hasDailyCaps() {
    return scenes.values().stream().anyMatch(scene -> scene.dailyFen() > 0);
  }

  static TreeLimits read(String activityId, long revision, Instant effectiveAt, String document) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CODE_POINTS);
    options.setMaxAliasesForCollections(0);
    Object root = new Yaml(new SafeConstructor(options)).load(document);
    Map<String, SceneLimits> scenes = new HashMap<>();
    Map<String, Set<String>> payers = new HashMap<>();
    Map<String, Integer> thresholds = new HashMap<>();
    Map<String, RetryPolicy> retries = new HashMap<>();
    Map<String, Stage> stages = new HashMap<>();
    for (Map<?, ?> child : maps(root, "children")) {
      stages.put(text(child, "id"), stage(child));
      Map<String, String> budgets = new HashMap<>();
      for (Map<?, ?> reward : maps(child, "rewards")) {
        String budget = text(reward, "budget");
        budgets.put(text(reward, "id"), budget);
        if (!budget.isEmpty()) {
          payers.computeIfAbsent(text(reward, "template_id"), _ -> new HashSet<>()).add(budget);
        }
      }
      for (Map<?, ?> scene : maps(child, "scenes")) {
        scenes.merge(
            text(scene, "id"),
            new SceneLimits(
                number(scene, "single_amount_cap_fen", Long.MAX_VALUE),
                number(scene, "daily_cap_fen", 0)),
            TreeLimits::looser);
        thresholds.merge(
            budgets.getOrDefault(text(scene, "reward"), ""), threshold(scene), Math::max);
        if (scene.get("compensation") instanceof Map<?, ?> compensation
            && compensation.get("retry") instanceof Map<?, ?> retry) {
          retries.put(text(child, "id") + "/" + text(scene, "id"), policy(retry));
        }
      }
    }
    return new TreeLimits(
        activityId, revision, effectiveAt, scenes, payers, thresholds, retries, stages);
  }

  /// What a scene may give by either of two trees.
  static SceneLimits looser(SceneLimits one, SceneLimits other) {
    boolean unlimited = one.dailyFen == 0 || other.dailyFen == 0;
    return new SceneLimits(
        Math.max(one.singleFen, other.singleFen),
        unlimited ? 0 : Math.max(one.dailyFen, other.dailyFen));
  }

  private static Stage stage(Map<?, ?> child) {
    return switch (text(child, "stage")) {
      case "INTERNAL" -> Stage.STAGE_INTERNAL;
      case "GREY" -> Stage.STAGE_GREY;
      case "OFFICIAL" -> Stage.STAGE_OFFICIAL;
      default -> Stage.STAGE_UNSPECIFIED;
    };
  }

  private static RetryPolicy policy(Map<?, ?> retry) {
    RetryPolicy standard = RetryPolicy.STANDARD;
    long first = number(retry, "first_backoff_s", standard.first().toSeconds());
    long longest = number(retry, "max_backoff_s", standard.longest().toSeconds());
    return new RetryPolicy(
        (int) number(retry, "max_tries", standard.maxTries()),
        Duration.ofSeconds(first),
        Duration.ofSeconds(Math.max(first, longest)));
  }

  private static int threshold(Map<?, ?> scene) {
    return scene.get("compensation") instanceof Map<?, ?> compensation
        ? (int)
            number(
                compensation,
                "threshold_percent",
                compensation.containsKey("fallback") ? DEFAULT_THRESHOLD : 0)
        : 0;
  }

  private static List<Map<?, ?>> maps(@Nullable Object node, String key) {
    return node instanceof Map<?, ?> map && map.get(key) instanceof List<?> list
        ? list.stream()
            .<Map<?, ?>>mapMulti((item, out) -> {
              if (item instanceof Map<?, ?> inner) {
                out.accept(inner);
              }
            })
            .toList()
        : List.of();
  }

  private static String text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? "" : value.toString();
  }

  private static long number(Map<?, ?> map, String key, long otherwise) {
    return map.get(key) instanceof Number number ? number.longValue() : otherwise;
  }
}
