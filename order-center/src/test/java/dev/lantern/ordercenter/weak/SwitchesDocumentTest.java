package dev.lantern.ordercenter.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/switches.md` is what the catalogue says, and the policies an empty store begins with hold
/// the same switches. `-Dlantern.goldens=write` writes the page anew.
final class SwitchesDocumentTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("lantern.checkout", ".."));
  private static final Path DOCUMENT = CHECKOUT.resolve("docs/switches.md");
  private static final String HEAD =
      """
      # Switches of order-center

      Each removes a dependency or a share of the users. Whoever flips it, an operator
      (`./lantern switch set NAME off --reason "…"`, in the control plane's catalogue with owner and
      expiry: an expired one stands at its default again) or a breaker of one instance, what users
      then see is the same. A switch with a breaker is flipped by it for its own instance when, for a
      second or longer, all calls fail (five at least), or half of all (five at least within 2 s).
      After 2 s it is probed twice a
      second, and three good probes flip it back; one that opens again within 10 s rests twice as
      long, up to a minute. Downstreams have a breaker each, for its own calls alone: what it goes by
      is in [downstreams.md](downstreams.md).

      What an instance does now: health per name, and the metric `lantern.switch` (`name`, `source`
      operator or breaker; 0: switched off by that source). The role `api` goes by the first three,
      the role `settle` by `order.counters`, `order.downstreams` and the three that only let work
      wait, both by `order.weak`. The breaker of each downstream is `grants.breaker`. All switches of
      the mesh are in [switch-catalogue.md](switch-catalogue.md).

      Owner of all: sre. Expiry: as set with the switch; none by default. Made from
      `OrderSwitch`.

      """;

  @Test
  void page_saysWhatTheCatalogueSays() throws IOException {
    String rendered = render();
    if (Objects.equals(System.getProperty("lantern.goldens"), "write")) {
      Files.writeString(DOCUMENT, rendered);
    }
    assertThat(DOCUMENT).hasContent(rendered);
  }

  @Test
  void everySwitch_isInTheSeedPolicies_withItsDefault() throws IOException {
    String policies;
    try (Stream<Path> files = Files.list(CHECKOUT.resolve("envoy/policies"))) {
      policies = String.join("\n---\n", files.map(SwitchesDocumentTest::read).toList());
    }
    assertThat(Arrays.asList(policies.split("\n---\n", -1)))
        .filteredOn(one -> one.contains("kind: Switch"))
        .extracting(SwitchesDocumentTest::nameAndDefault)
        .containsAll(
            Arrays.stream(OrderSwitch.values())
                .map(one -> one.id() + " " + one.standing())
                .toList());
  }

  private static String nameAndDefault(String policy) {
    return field(policy, "id") + " " + field(policy, "default");
  }

  private static String field(String policy, String name) {
    return policy
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2).strip())
        .findFirst()
        .orElse("");
  }

  private static String render() {
    StringBuilder text = new StringBuilder(HEAD);
    text.append("| name | removes | users then see | default | breaker | shown by |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (OrderSwitch one : OrderSwitch.values()) {
      text.append(
          "| `%s` | %s | %s | %d | %s | %s |\n"
              .formatted(
                  one.id(),
                  one.removes(),
                  one.usersSee(),
                  one.standing(),
                  breaker(one),
                  one.test()));
    }
    return text.toString();
  }

  private static String breaker(OrderSwitch one) {
    return switch (one.breakers()) {
      case NONE -> "no";
      case ONE -> "yes";
      case EACH -> "each its own";
    };
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
