package dev.lantern.walletapi.wallet;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The ids of the children in a campaign's YAML document, which order-center has validated.
final class CampaignChildren {
  private CampaignChildren() {}

  /// Throws [IllegalStateException] for a document of another shape.
  static Set<String> in(String document) {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(document);
    Set<String> ids = new LinkedHashSet<>();
    if (tree instanceof Map<?, ?> activity
        && activity.get("children") instanceof List<?> children) {
      for (Object child : children) {
        if (!(child instanceof Map<?, ?> fields) || fields.get("id") == null) {
          throw new IllegalStateException("a child has no id");
        }
        ids.add(String.valueOf(fields.get("id")));
      }
      return ids;
    }
    throw new IllegalStateException("a campaign has children");
  }
}
