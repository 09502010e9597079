package dev.lantern.ordercenter.campaign;

import dev.lantern.order.v1.Stage;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/// Reads a campaign's YAML: shape, types and ranges. Whether the parts fit together is
/// [CampaignRules]' to say.
///
/// Bounds: 1 MiB of text, no aliases (a small document must not unfold into a large one), and a
/// limit on every list.
final class CampaignReader {
  private static final int MAX_CODE_POINTS = 1 << 20;
  private static final long MAX_BUDGET = 1_000_000_000_000_000L;
  private static final Set<String> ROOT = Set.of("activity", "title", "budgets", "children");
  private static final Set<String> BUDGET = Set.of("id", "total_fen", "total_items");
  private static final Set<String> CHILD =
      Set.of("id", "title", "stage", "audience", "opens", "closes", "rewards", "scenes");
  private static final Set<String> AUDIENCE = Set.of("everyone", "allow_list", "percentage");
  private static final Map<String, Stage> STAGES =
      Map.of(
          "INTERNAL",
          Stage.STAGE_INTERNAL,
          "GREY",
          Stage.STAGE_GREY,
          "OFFICIAL",
          Stage.STAGE_OFFICIAL);

  private CampaignReader() {}

  /// The tree in a document; `lines` gets the problems. Not to be used unless `lines` is clean.
  static Optional<Campaign> read(String document, Lines lines) {
    try {
      LoaderOptions options = new LoaderOptions();
      options.setCodePointLimit(MAX_CODE_POINTS);
      options.setMaxAliasesForCollections(0);
      options.setNestingDepthLimit(20);
      Node root = new Yaml(options).compose(new StringReader(document));
      if (root == null) {
        lines.problem("", "the document is empty", "begin with activity: an-id");
        return Optional.empty();
      }
      return Optional.of(campaign(Section.of(root, "", lines, ROOT)));
    } catch (MarkedYAMLException e) {
      lines.mark("", e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1);
      lines.problem("", "not YAML: " + e.getProblem(), "mend the YAML at this line");
    } catch (YAMLException e) {
      lines.problem("", "not YAML: " + e.getMessage(), "write plain YAML without aliases");
    }
    return Optional.empty();
  }

  private static Campaign campaign(Section s) {
    return new Campaign(
        s.id("activity", Section.SHORT_ID),
        s.text("title", 128),
        s.list("budgets", 0, 64, BUDGET, CampaignReader::budget),
        s.list("children", 1, 16, CHILD, CampaignReader::child));
  }

  private static Campaign.Budget budget(Section s) {
    String id = s.id("id", Section.LONG_ID);
    if (s.has("total_fen") == s.has("total_items")) {
      s.problem("must count either fen or items", "give it one of total_fen and total_items");
      return new Campaign.Budget(id, Campaign.Unit.FEN, 1);
    }
    return s.has("total_fen")
        ? new Campaign.Budget(id, Campaign.Unit.FEN, s.number("total_fen", 1, MAX_BUDGET))
        : new Campaign.Budget(id, Campaign.Unit.ITEMS, s.number("total_items", 1, MAX_BUDGET));
  }

  private static Child child(Section s) {
    return new Child(
        s.id("id", Section.SHORT_ID),
        s.text("title", 128),
        s.oneOf("stage", STAGES, Stage.STAGE_OFFICIAL),
        audience(s.section("audience", AUDIENCE)),
        s.instant("opens"),
        s.instant("closes"),
        s.list("rewards", 1, 200, RewardReader.KEYS, RewardReader::reward),
        s.list("scenes", 1, 200, SceneReader.KEYS, SceneReader::scene));
  }

  private static Audience audience(Section s) {
    if (s.has("allow_list")) {
      return new Audience.AllowList(new HashSet<>(s.numbers("allow_list", 100_000)));
    }
    if (s.has("percentage")) {
      return new Audience.Percentage((int) s.number("percentage", 0, 100));
    }
    if (!s.flag("everyone", false)) {
      s.problem("names nobody", "write one of everyone: true, allow_list, percentage");
    }
    return new Audience.Everyone();
  }
}
