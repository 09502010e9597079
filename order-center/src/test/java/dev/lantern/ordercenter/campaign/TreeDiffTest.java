package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.campaign.TreeDiff.Change.Added;
import dev.lantern.ordercenter.campaign.TreeDiff.Change.Changed;
import dev.lantern.ordercenter.campaign.TreeDiff.Change.Removed;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TreeDiffTest {
  private static final String OFFICIAL = "children[spring-2027-official]";

  @Test
  void same_tree_writtenOtherwise_hasNoDifference() {
    String otherwise =
        Guide.document()
            .replace("2027-02-05T13:00:30Z", "2027-02-05T21:00:30+08:00")
            .replace("        settlement: TOKEN\n", "")
            .replace("1001, 1002, 1003", "1003, 1001, 1002")
            .replace(
                "title: Spring Festival 2027", "title: \"Spring Festival 2027\" # The big one");
    assertThat(otherwise).isNotEqualTo(Guide.document());
    assertThat(diff(otherwise).changes()).isEmpty();
  }

  @Test
  void differences_areNamedByIds_withOldAndNewValue() {
    String changed =
        Guide.document()
            .replace("closes: 2027-02-05T13:00:30Z", "closes: 2027-02-05T13:00:20Z")
            .replace("{percentage: 5}", "{allow_list: [7]}")
            .replace("compensation: {threshold_percent: 10, fallback: {reward: luck}}\n", "\n")
            .replace("per_second: 200000", "per_second: 100");
    assertThat(diff(changed).changes())
        .containsExactly(
            new Added("children[spring-2027-grey].audience.allow_list[7]", "7"),
            new Removed("children[spring-2027-grey].audience.percentage", "5"),
            new Removed(OFFICIAL + ".scenes[rain].compensation.fallback.reward", "luck"),
            new Changed(OFFICIAL + ".scenes[rain].compensation.threshold_percent", "10", "0"),
            new Changed(OFFICIAL + ".scenes[rain].rate_limit.per_second", "200000", "100"),
            new Changed(
                OFFICIAL + ".scenes[rain].rounds[11].closes",
                "2027-02-05T13:00:30Z",
                "2027-02-05T13:00:20Z"));
  }

  @Test
  void first_tree_isAllAdded() {
    TreeDiff diff = TreeDiff.between(Optional.empty(), Guide.tree());
    assertThat(diff.changes()).hasSizeGreaterThan(50).allMatch(change -> change instanceof Added);
    assertThat(diff.omitted()).isZero();
  }

  @Test
  void endless_difference_isBounded_andSaysSo() {
    String list =
        LongStream.rangeClosed(10_000, 13_000)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", "));
    TreeDiff diff = diff(Guide.with("[1001, 1002, 1003]", "[1001, 1002, 1003, " + list + "]"));
    assertThat(diff.changes()).hasSize(TreeDiff.MOST);
    assertThat(diff.omitted()).isEqualTo(3_001 - TreeDiff.MOST);
  }

  private static TreeDiff diff(String document) {
    return TreeDiff.between(
        Optional.of(Guide.tree()), CampaignDocument.read(document).campaign().orElseThrow());
  }
}
