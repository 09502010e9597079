package dev.lantern.controlplane.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.Known;
import dev.lantern.controlplane.policy.Reading;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RuleDiffTest {
  private static final String LIMIT =
      """
      kind: RateLimit
      id: rain
      owner: sre
      reason: why
      match: {route: play.grab}
      limit: {rate: 100/s, burst: 1s, divide: gateways}
      """;

  @Test
  void changedRule_isToldValueByValue_defaultsIncluded() {
    List<RuleDiff> diffs =
        RuleDiff.between(
            read(LIMIT), read(LIMIT.replace("100/s", "200/s") + "on_refuse: {after: 3s}\n"));
    assertThat(diffs).hasSize(1);
    assertThat(diffs.getFirst().change()).isEqualTo(Change.CHANGED);
    assertThat(diffs.getFirst().values())
        .contains(
            new RuleDiff.Value("limit.rate", "100/s", "200/s"),
            new RuleDiff.Value("on_refuse.after", "", "3s"))
        .noneMatch(value -> value.path().equals("limit.burst"));
  }

  @Test
  void rulesThatComeAndGo_areTold() {
    assertThat(RuleDiff.between(read(""), read(LIMIT)))
        .extracting(diff -> diff.id() + " " + diff.kind() + " " + diff.change())
        .containsExactly("rain RateLimit ADDED");
    assertThat(RuleDiff.between(read(LIMIT), read("")))
        .extracting(diff -> diff.id() + " " + diff.kind() + " " + diff.change())
        .containsExactly("rain RateLimit REMOVED");
  }

  @Test
  void whatIsWrittenOtherwiseAndMeansTheSame_isNoDifference() {
    assertThat(
            RuleDiff.between(
                read(LIMIT),
                read("# a comment\n" + LIMIT + "shadow: false\ncriticality: normal\n")))
        .isEmpty();
  }

  private static Reading read(String yaml) {
    var known = new Known(Set.of("play.grab"), Set.of("play.grab"), Set.of(), 4);
    return new DocumentReader(known).read(List.of(new Document("rain.yaml", yaml, 1)));
  }
}
