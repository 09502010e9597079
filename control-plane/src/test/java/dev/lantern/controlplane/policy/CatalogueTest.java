package dev.lantern.controlplane.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.resources.Contracts;
import dev.lantern.controlplane.resources.EdgeRoute;
import dev.lantern.controlplane.resources.EdgeRoutes;
import dev.lantern.controlplane.resources.Enforced;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What an empty store begins with holds together, and `docs/switch-catalogue.md` says what it
/// says. `-Dlantern.goldens=write` writes the page anew.
final class CatalogueTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("lantern.checkout", ".."));
  private static final Path DOCUMENT = CHECKOUT.resolve("docs/switch-catalogue.md");
  private static final int LEAST = 26;
  private static final String HEAD =
      """
      # The switches and levels of the mesh

      What an empty store begins with (`envoy/policies`); made from it. `./lantern switch list` shows
      what they stand at and who obeys, `./lantern level list` the levels. A switch stands at 0 to
      10,000 per ten thousand. Expiry: as set with the turn, none by default; a level always has one.

      """;

  private final Reading reading = read();

  @Test
  void seeds_holdTogether_andGatewaysEnforceThemAll() {
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.policy().rules())
        .allSatisfy(rule -> assertThat(Enforced.lacking(rule)).as(rule.id()).isEmpty());
  }

  @Test
  void catalogue_isWholeAndLargeEnough() {
    assertThat(reading.policy().switches()).hasSizeGreaterThanOrEqualTo(LEAST);
    assertThat(reading.policy().switches())
        .allSatisfy(one -> {
          assertThat(one.removes()).as(one.id()).isNotEmpty();
          assertThat(one.obeyedBy()).as(one.id()).isNotEmpty();
          assertThat(one.shownBy()).as(one.id()).isNotEmpty();
        });
  }

  @Test
  void whatShowsASwitch_isThere() throws IOException {
    Set<String> classes;
    try (var files = Files.walk(CHECKOUT)) {
      classes =
          files
              .filter(file -> file.toString().contains("/src/test/java/"))
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
    }
    assertThat(reading.policy().switches())
        .allSatisfy(one -> assertThat(classes).as(one.id()).contains(one.shownBy()));
  }

  @Test
  void levels_areFour_andTwoComeByThemselves() {
    List<Rule.Level> levels = reading.policy().levels();
    assertThat(levels).extracting(Rule.Level::rank).containsExactly(1, 2, 3, 4);
    assertThat(levels).filteredOn(level -> level.automatic().isPresent()).hasSize(2);
    assertThat(levels).filteredOn(Rule.Level::secondPerson).hasSize(2);
  }

  @Test
  void page_saysWhatTheSeedsSay() throws IOException {
    String rendered = render();
    if (Objects.equals(System.getProperty("lantern.goldens"), "write")) {
      Files.writeString(DOCUMENT, rendered);
    }
    assertThat(DOCUMENT).hasContent(rendered);
  }

  private String render() {
    var page = new StringBuilder(HEAD);
    page.append("| switch | removes | users then see | default | obeyed by | owner | shown by |\n");
    page.append("|---|---|---|---|---|---|---|\n");
    reading.policy().switches().stream()
        .sorted(Comparator.comparing(Rule.Switch::id))
        .forEach(one ->
            page.append(
                "| `%s` | %s | %s | %d | %s | %s | %s |\n"
                    .formatted(
                        one.id(),
                        one.removes(),
                        one.description(),
                        one.defaultPerTenThousand(),
                        String.join(", ", one.obeyedBy()),
                        one.about().owner(),
                        one.shownBy())));
    page.append(
        "\n| level | users then see | sets, beside what lower levels set | people | by itself |\n");
    page.append("|---|---|---|---|---|\n");
    page.append("| L0 | everything | nothing | 1 | |\n");
    reading.policy().levels().forEach(level -> page.append(level(level)));
    return page.toString();
  }

  private static String level(Rule.Level level) {
    String sets =
        new TreeMap<>(level.settings())
            .entrySet().stream()
                .map(setting -> "`" + setting.getKey() + "` " + setting.getValue())
                .collect(Collectors.joining(", "));
    String automatic =
        level
            .automatic()
            .map(a ->
                "in at %d %% busy for %s, out below %d %% for %s, %s at least"
                    .formatted(
                        a.enterPercent(),
                        Spans.text(a.enterAfter()),
                        a.leavePercent(),
                        Spans.text(a.leaveAfter()),
                        Spans.text(a.atLeast())))
            .orElse("");
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            level.name(), level.description(), sets, level.secondPerson() ? "2" : "1", automatic);
  }

  private static Reading read() {
    List<EdgeRoute> routes = EdgeRoutes.of(Contracts.load()).all();
    var known =
        new Known(
            routes.stream().map(EdgeRoute::id).collect(Collectors.toSet()),
            routes.stream()
                .filter(EdgeRoute::session)
                .map(EdgeRoute::id)
                .collect(Collectors.toSet()),
            Set.of(
                "order-center", "wallet-api", "token-service", "counter-service", "control-plane"),
            4);
    var documents = new ArrayList<Document>();
    try (var files = Files.newDirectoryStream(CHECKOUT.resolve("envoy/policies"), "*.yaml")) {
      for (Path file : files) {
        documents.add(new Document(file.getFileName().toString(), Files.readString(file), 1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    documents.sort(Comparator.comparing(Document::name));
    return new DocumentReader(known).read(documents);
  }
}
