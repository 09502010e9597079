package dev.lantern.controlplane.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.Problem.Code;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules that are well-formed and would not do what their author believes.
final class LintTest {
  private final DocumentReader reader =
      new DocumentReader(
          new Known(
              Set.of("play.grab", "wallet.get", "session.create"),
              Set.of("play.grab", "wallet.get"),
              Set.of("order-center"),
              4));

  @Test
  void looserLimitOfTheSameRoute_isShadowed_whicheverComesFirst() {
    assertThat(codes(limit("tight", "100/s", "1s", "") + limit("loose", "200/s", "1s", "")))
        .containsExactly(Code.SHADOWED);
    assertThat(codes(limit("loose", "200/s", "1s", "") + limit("tight", "100/s", "1s", "")))
        .containsExactly(Code.SHADOWED);
  }

  @Test
  void limits_thatEachCanRefuseFirst_areNotShadowed() {
    assertThat(codes(limit("slow", "100/s", "10s", "") + limit("short", "200/s", "1s", "")))
        .isEmpty();
    assertThat(codes(limit("a", "100/s", "1s", "") + limit("b", "200/s", "1s", "shadow: true")))
        .isEmpty();
  }

  @Test
  void limitForSomeOfTheTime_forestallsNoneThatHoldsAlways() {
    String switched =
        switchRule("entry.tight", "0", "") + limit("tight", "50/s", "1s", "while: entry.tight");
    assertThat(codes(switched + limit("always", "100/s", "1s", ""))).isEmpty();
    assertThat(codes(switched.replace("50/s", "200/s") + limit("always", "100/s", "1s", "")))
        .containsExactly(Code.SHADOWED);
  }

  @Test
  void limitAboveTheMeasuredCeiling_isAdvice() {
    String ceiling = "ceiling: {rate: 150/s, measured: 2027-01-10T12:00:00Z, how: bench accept}";
    Reading reading = read(limit("high", "200/s", "1s", "") + route("play.grab", ceiling));
    assertThat(reading.problems()).extracting(Problem::code).containsExactly(Code.ABOVE_CEILING);
    assertThat(reading.problems().getFirst().line()).isEqualTo(1);
    assertThat(reading.faults()).isEmpty();
    assertThat(read(limit("fine", "150/s", "1s", "") + route("play.grab", ceiling)).problems())
        .isEmpty();
  }

  @Test
  void dropOnARouteWithoutUsers_neverActs() {
    String drop = "drop: {route: session.create}";
    assertThat(codes(switchRule("session.drop", "0", drop))).containsExactly(Code.NEVER_ACTS);
    assertThat(codes(switchRule("grab.drop", "0", "drop: {route: play.grab}"))).isEmpty();
  }

  @Test
  void entryStage_thatNeverOpens_neverActs() {
    String stage =
        """
        kind: EntryStage
        id: stage
        owner: sre
        reason: why
        match: {route: play.grab}
        round: 1
        steps: [{at: 2027-02-05T20:00:00+08:00, share: %s}]
        ---
        """;
    assertThat(codes(stage.formatted("0"))).containsExactly(Code.NEVER_ACTS);
    assertThat(codes(stage.formatted("100"))).isEmpty();
  }

  @Test
  void secondDegradationByTheSameSwitch_isShadowed() {
    String rules = switchRule("view", "10000", "") + degradation("one") + degradation("two");
    assertThat(read(rules).problems())
        .extracting(Problem::code, Problem::line)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Code.SHADOWED, 16));
  }

  @Test
  void expiringRule_isAloneInItsDocument() {
    String expiring = limit("short", "100/s", "1s", "expires: 2027-02-05T20:00:00+08:00");
    assertThat(codes(expiring)).isEmpty();
    assertThat(codes(expiring + switchRule("view", "0", "")))
        .containsExactly(Code.EXPIRY_NOT_ALONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rank: 1 | automatic: {enter: 80, enter_after: 1s, leave: 60, leave_after: 5s, at_least:"
            + " 5s} |",
        "rank: 1 | automatic: {enter: 80, enter_after: 1s, leave: 80, leave_after: 5s, at_least:"
            + " 5s} | CONTRADICTION",
        "rank: 2 | automatic: {enter: 80, enter_after: 1s, leave: 60, leave_after: 5s, at_least:"
            + " 5s} | CONTRADICTION",
        "rank: 3 | approval: none | CONTRADICTION",
        "rank: 3 | approval: second-person |",
        "rank: 3 | approval: third-person | SCHEMA",
        "rank: 0 | approval: none | SCHEMA",
      })
  void level_holdsTogether(String rank, String rest, Code code) {
    String level =
        switchRule("view", "10000", "")
            + """
            kind: Level
            id: level
            owner: sre
            reason: why
            %s
            description: what users see
            longest: 1h
            set: [{switch: view, to: 0}]
            %s
            """
                .formatted(rank, rest);
    assertThat(codes(level)).isEqualTo(code == null ? List.of() : List.of(code));
  }

  private static String limit(String id, String rate, String burst, String more) {
    return """
    kind: RateLimit
    id: %s
    owner: sre
    reason: why
    match: {route: play.grab}
    limit: {rate: %s, burst: %s, divide: gateways}
    %s
    ---
    """
        .formatted(id, rate, burst, more);
  }

  private static String route(String route, String more) {
    return "kind: Route\nid: route\nowner: sre\nreason: why\nmatch: {route: %s}\n%s\n---\n"
        .formatted(route, more);
  }

  private static String switchRule(String id, String standing, String more) {
    return """
    kind: Switch
    id: %s
    owner: sre
    reason: why
    description: what users see
    default: %s
    %s
    ---
    """
        .formatted(id, standing, more);
  }

  private static String degradation(String id) {
    return "kind: Degradation\nid: %s\nowner: sre\nreason: why\nmatch: {route: wallet.get}\nswitch: view\n---\n"
        .formatted(id);
  }

  private List<Code> codes(String yaml) {
    return read(yaml).problems().stream().map(Problem::code).toList();
  }

  private Reading read(String yaml) {
    return reader.read(List.of(new Document("test.yaml", yaml, 1)));
  }
}
