package dev.lantern.ordercenter.campaign;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.campaign.Compensation.Fallback;
import dev.lantern.ordercenter.campaign.DrawTable.Band;
import dev.lantern.ordercenter.campaign.Scene.Round;
import dev.lantern.ordercenter.order.Fen;
import java.io.StringReader;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
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
  private static final long MAX_BUDGET_FEN = 1_000_000_000_000_000L;
  private static final long MAX_AMOUNT_FEN = 10_000_000;
  private static final int DEFAULT_THRESHOLD_PERCENT = 10;
  private static final Map<String, Stage> STAGES =
      Map.of(
          "INTERNAL",
          Stage.STAGE_INTERNAL,
          "GREY",
          Stage.STAGE_GREY,
          "OFFICIAL",
          Stage.STAGE_OFFICIAL);
  private static final Map<String, AwardType> AWARD_TYPES =
      Map.of("CASH_RED_PACKET", AwardType.AWARD_TYPE_CASH_RED_PACKET);

  private final Lines lines;

  private CampaignReader(Lines lines) {
    this.lines = lines;
  }

  /// The tree in a document; `lines` gets the problems. Not to be used unless `lines` is clean.
  static Optional<Campaign> read(String document, Lines lines) {
    try {
      LoaderOptions options = new LoaderOptions();
      options.setCodePointLimit(MAX_CODE_POINTS);
      options.setMaxAliasesForCollections(0);
      options.setNestingDepthLimit(20);
      Node root = new Yaml(options).compose(new StringReader(document));
      if (root == null) {
        lines.problem("", "the document is empty");
        return Optional.empty();
      }
      return Optional.of(new CampaignReader(lines).campaign(root));
    } catch (MarkedYAMLException e) {
      lines.mark("", e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1);
      lines.problem("", "not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      lines.problem("", "not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private Campaign campaign(Node root) {
    Section s = Section.of(root, "", lines, Set.of("activity", "title", "budgets", "children"));
    return new Campaign(
        s.id("activity", Section.SHORT_ID),
        s.text("title", 128),
        s.list("budgets", 1, 64, Set.of("id", "total_fen"), this::budget),
        s.list(
            "children",
            1,
            16,
            Set.of("id", "title", "stage", "audience", "opens", "closes", "rewards", "scenes"),
            this::child));
  }

  private Campaign.Budget budget(Section s) {
    return new Campaign.Budget(
        s.id("id", Section.LONG_ID), Fen.of(s.number("total_fen", 1, MAX_BUDGET_FEN)));
  }

  private Child child(Section s) {
    return new Child(
        s.id("id", Section.SHORT_ID),
        s.text("title", 128),
        s.oneOf("stage", STAGES, Stage.STAGE_OFFICIAL),
        audience(s.section("audience", Set.of("everyone", "allow_list", "percentage"))),
        s.instant("opens"),
        s.instant("closes"),
        s.list(
            "rewards",
            1,
            200,
            Set.of("id", "template_id", "award_type", "budget", "title", "amount"),
            this::reward),
        s.list(
            "scenes",
            1,
            200,
            Set.of(
                "id",
                "award_type",
                "reward",
                "bill_text",
                "single_amount_cap_fen",
                "compensation",
                "settlement",
                "reconciled",
                "rounds"),
            this::scene));
  }

  private Audience audience(Section s) {
    if (s.has("allow_list")) {
      return new Audience.AllowList(new HashSet<>(s.numbers("allow_list", 100_000)));
    }
    if (s.has("percentage")) {
      return new Audience.Percentage((int) s.number("percentage", 0, 100));
    }
    if (!s.flag("everyone", false)) {
      lines.problem(s.path(), "must be one of everyone: true, allow_list, percentage");
    }
    return new Audience.Everyone();
  }

  private Reward reward(Section s) {
    return new Reward(
        s.id("id", Section.LONG_ID),
        s.text("template_id", 64),
        s.oneOf("award_type", AWARD_TYPES, AwardType.AWARD_TYPE_CASH_RED_PACKET),
        s.id("budget", Section.LONG_ID),
        s.text("title", 128),
        amount(s.section("amount", Set.of("fixed_fen", "table"))));
  }

  private DrawTable amount(Section s) {
    if (s.has("fixed_fen") == s.has("table")) {
      lines.problem(s.path(), "must have either fixed_fen or table");
      return DrawTable.fixed(new Fen(1));
    }
    if (s.has("fixed_fen")) {
      return DrawTable.fixed(Fen.of(s.number("fixed_fen", 1, MAX_AMOUNT_FEN)));
    }
    List<Band> bands = s.list("table", 1, 64, Set.of("min_fen", "max_fen", "weight"), this::band);
    return bands.isEmpty() ? DrawTable.fixed(new Fen(1)) : new DrawTable(bands);
  }

  private Band band(Section s) {
    long least = s.number("min_fen", 1, MAX_AMOUNT_FEN);
    long most = s.number("max_fen", 1, MAX_AMOUNT_FEN);
    if (most < least) {
      s.problem("max_fen", "must not be below min_fen");
    }
    return new Band(least, Math.max(least, most), (int) s.number("weight", 1, 1_000_000));
  }

  private Scene scene(Section s) {
    if (s.has("settlement")) {
      s.oneOf("settlement", Map.of("TOKEN", true), true);
    }
    return new Scene(
        s.id("id", Section.SHORT_ID),
        s.oneOf("award_type", AWARD_TYPES, AwardType.AWARD_TYPE_CASH_RED_PACKET),
        s.id("reward", Section.LONG_ID),
        s.text("bill_text", 64),
        Fen.of(s.number("single_amount_cap_fen", 1, MAX_AMOUNT_FEN)),
        s.optional("compensation", Set.of("threshold_percent", "fallback"))
            .map(this::compensation)
            .orElse(Compensation.NONE),
        s.flag("reconciled", true),
        s.list("rounds", 0, 1000, Set.of("rain_id", "opens", "closes"), this::round));
  }

  private Compensation compensation(Section s) {
    int threshold =
        s.has("threshold_percent")
            ? (int) s.number("threshold_percent", 0, 100)
            : DEFAULT_THRESHOLD_PERCENT;
    return new Compensation(
        threshold, fallback(s.section("fallback", Set.of("reward", "message"))));
  }

  private Fallback fallback(Section s) {
    if (s.has("reward") == s.has("message")) {
      lines.problem(s.path(), "must have either reward or message");
      return new Fallback.None();
    }
    return s.has("reward")
        ? new Fallback.OtherReward(s.id("reward", Section.LONG_ID))
        : new Fallback.Message(s.text("message", 128));
  }

  private Round round(Section s) {
    Instant opens = s.instant("opens");
    Instant closes = s.instant("closes");
    return new Round((int) s.number("rain_id", 1, Integer.MAX_VALUE), opens, closes);
  }
}
