package dev.lantern.controlplane.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.Problem.Code;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentReaderTest {
  private static final String LIMIT =
      """
      kind: RateLimit
      id: rain
      owner: sre
      reason: why
      match: {route: play.grab}
      limit: {rate: 100/s, burst: 100ms, divide: gateways}
      on_refuse: {after: 2s, jitter: 3s, message: "busy"}
      """;
  private static final String SWITCH =
      """
      kind: Switch
      id: wallet.view
      owner: sre
      reason: why
      description: wallets are hidden
      default: 10000
      """;

  private final DocumentReader reader =
      new DocumentReader(
          new Known(
              Set.of("play.grab", "wallet.get", "session.create"),
              Set.of("play.grab", "wallet.get"),
              Set.of("order-center", "wallet-api"),
              4));

  @Test
  void limit_thatHoldsTogether_isRead() {
    Reading reading = read(LIMIT);
    assertThat(reading.problems()).isEmpty();
    Rule.RateLimit limit = reading.policy().limits().getFirst();
    assertThat(limit.rate()).isEqualTo(new Rate(100, Duration.ofSeconds(1)));
    assertThat(limit.burst()).isEqualTo(Duration.ofMillis(100));
    assertThat(limit.onRefuse())
        .isEqualTo(new OnRefuse(Duration.ofSeconds(2), Duration.ofSeconds(3), "busy"));
    assertThat(limit.origin()).isEqualTo(new Origin("test.yaml", 1, 7));
  }

  /// One line of the good limit replaced: the code and the line it is reported at.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | kind: Ratelimit | UNKNOWN_KIND | 1",
        "2 | id: Rain! | SCHEMA | 2",
        "3 | oner: sre | UNKNOWN_FIELD | 3",
        "4 | reason: [a, b] | SCHEMA | 4",
        "5 | match: {route: play.grub} | UNKNOWN_ROUTE | 5",
        "5 | match: {route: play.grab, campain: spring} | UNKNOWN_FIELD | 5",
        "5 | match: {route: play.grab, campaign: spring} | UNSUPPORTED | 5",
        "6 | limit: {rate: lots, burst: 100ms, divide: gateways} | SCHEMA | 6",
        "6 | limit: {rate: 0/s, burst: 100ms, divide: gateways} | SCHEMA | 6",
        "6 | limit: {rate: 100/s, burst: 10, divide: gateways} | SCHEMA | 6",
        "6 | limit: {rate: 100/s, burst: 10ms, divide: gateways} | BUCKET_TOO_SMALL | 6",
        "6 | limit: {rate: 100/s, burst: 100ms, divide: users} | SCHEMA | 6",
        "6 | limit: {rate: 100/s, burst: 100ms, divide: gateways, scope: global} | SCHEMA | 6",
        "6 | limit: {rate: 999999999/s, burst: 24h, divide: gateways} | OUT_OF_RANGE | 6",
        "6 | limit: {rate: 100/s, burst: 100ms} | SCHEMA | 6",
        "7 | on_refuse: {retryable: false} | UNSUPPORTED | 7",
        "7 | on_refuse: {after: 2h} | OUT_OF_RANGE | 7",
        "7 | on_refuse: {after: 0s} | RETRY_WITHOUT_DELAY | 7",
        "7 | while: nothing.such | UNKNOWN_SWITCH | 1",
        "7 | criticality: vital | SCHEMA | 7",
        "7 | expires: soon | SCHEMA | 7",
        "7 | expires: 2027-02-30T20:00:00Z | OUT_OF_RANGE | 7",
        "7 | shadow: maybe | SCHEMA | 7",
        "7 | : : | SCHEMA | 7",
      })
  void limit_withOneLineBroken_isReportedThere(int line, String instead, Code code, int reported) {
    String[] lines = LIMIT.split("\n", -1);
    lines[line - 1] = instead;
    Reading reading = read(String.join("\n", lines));
    assertThat(reading.problems())
        .anySatisfy(problem -> {
          assertThat(problem.code()).isEqualTo(code);
          assertThat(problem.line()).isEqualTo(reported);
          assertThat(problem.document()).isEqualTo("test.yaml");
        });
    assertThat(reading.faults()).isNotEmpty();
  }

  @Test
  void severalFaults_areReportedAtOnce() {
    Reading reading = read("kind: RateLimit\nid: X\nextra: 1\n");
    assertThat(reading.problems())
        .extracting(Problem::code)
        .contains(Code.SCHEMA, Code.UNKNOWN_FIELD)
        .hasSizeGreaterThan(4);
  }

  @Test
  void sameIdTwice_isReportedAtTheSecond() {
    Reading reading = read(LIMIT + "---\n" + LIMIT);
    assertThat(reading.problems())
        .containsExactly(
            new Problem("test.yaml", 9, Code.DUPLICATE_ID, "rain is also in test.yaml line 1"));
    assertThat(reading.policy().rules()).hasSize(1);
  }

  @Test
  void degradation_byASwitchOutsideTheCatalogue_isRefused() {
    String degradation =
        """
        kind: Degradation
        id: off
        owner: sre
        reason: why
        match: {routes: [wallet.get]}
        switch: wallet.view
        """;
    assertThat(read(degradation).problems())
        .extracting(Problem::code)
        .containsExactly(Code.UNKNOWN_SWITCH);
    assertThat(read(degradation + "---\n" + SWITCH).problems()).isEmpty();
  }

  @Test
  void limits_beyondThirty_areTooMany() {
    var many = new StringBuilder();
    for (int i = 0; i < 31; i++) {
      many.append(LIMIT.replace("id: rain", "id: rain" + i).replace("100/s", 200 - i + "/s"))
          .append("shadow: true\n---\n");
    }
    assertThat(read(many.toString()).problems())
        .extracting(Problem::code)
        .containsExactly(Code.TOO_MANY);
  }

  @Test
  void values_areKeptAsWritten_defaultsIncluded() {
    Reading reading = read(LIMIT);
    assertThat(reading.written().get("rain"))
        .containsEntry("limit.rate", "100/s")
        .containsEntry("match.route", "play.grab")
        .containsEntry("criticality", "normal")
        .containsEntry("shadow", "false")
        .containsEntry("on_refuse.retryable", "true");
  }

  /// Whatever YAML 1.1 makes of it, `on` and a date are words to an editor, and so to us.
  @Test
  void words_thatOldYamlTakesForSomethingElse_areWords() {
    assertThat(read(LIMIT.replace("reason: why", "reason: on")).problems()).isEmpty();
    assertThat(read(LIMIT.replace("reason: why", "reason: 2027-01-01")).problems()).isEmpty();
    assertThat(read(LIMIT.replace("reason: why", "reason: 7")).problems()).isNotEmpty();
    assertThat(read(LIMIT.replace("reason: why", "reason: \"7\"")).problems()).isEmpty();
  }

  /// A word of 128 KiB that 18,000 keys repeat would be more than two gigabytes of messages.
  @Test
  void aliasOfALongWord_isRefusedAtItsLine() {
    String word = "x".repeat(131_072);
    Reading reading = read("reason: &a \"" + word + "\"\n" + "*a : 1\n".repeat(18_000));
    assertThat(reading.problems()).hasSize(1);
    assertThat(reading.problems().getFirst().line()).isEqualTo(2);
    assertThat(reading.problems().getFirst().message()).hasSizeLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s: 1\n", "kind: %s\n", "kind: Switch\n%s: 1\n", "id: *%s\n"})
  void longWord_isNotRepeatedWhole(String document) {
    Reading reading = read(document.formatted("x".repeat(1000)));
    assertThat(reading.problems())
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.message()).hasSizeLessThan(300));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind: Route\n---\n", "[]\n---\n", "{x: 1}\n---\n"})
  void problems_beyondTheirNumber_areNotLookedFor(String rule) {
    assertThatThereAreTooMany(read(rule.repeat(10_000)));
  }

  @Test
  void keys_beyondTheNumberOfProblems_areNotLookedAt() {
    var keys = new StringBuilder("kind: Switch\n");
    for (int i = 0; i < 20_000; i++) {
      keys.append("k").append(i).append(": 1\n");
    }
    assertThatThereAreTooMany(read(keys.toString()));
  }

  @Test
  void rules_beyondTheirNumber_areNotRead() {
    Reading reading = read(rules(DocumentReader.MOST_RULES + 1000));
    assertThat(reading.problems()).extracting(Problem::code).containsExactly(Code.TOO_MANY);
    assertThat(reading.policy().rules()).hasSize(DocumentReader.MOST_RULES + 1);
    assertThat(read(rules(DocumentReader.MOST_RULES)).problems()).isEmpty();
  }

  private static String rules(int count) {
    var rules = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rules.append(SWITCH.replace("wallet.view", "wallet.view" + i)).append("---\n");
    }
    return rules.toString();
  }

  private static void assertThatThereAreTooMany(Reading reading) {
    assertThat(reading.problems()).hasSize(DocumentReader.MOST_PROBLEMS + 1);
    assertThat(reading.problems().getLast().code()).isEqualTo(Code.TOO_MANY);
    assertThat(reading.faults()).isNotEmpty();
  }

  @Test
  void aliases_areNotExpanded() {
    Reading reading = read("a: &a {kind: Switch}\nb: *a\n");
    assertThat(reading.problems()).isNotEmpty();
    assertThat(reading.policy().rules()).isEmpty();
  }

  @Test
  void emptyDocument_holdsNothing() {
    assertThat(read("# nothing\n"))
        .isEqualTo(new Reading(new Policy(List.of()), List.of(), Map.of()));
  }

  private Reading read(String yaml) {
    return reader.read(List.of(new Document("test.yaml", yaml, 7)));
  }
}
