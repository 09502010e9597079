package dev.lantern.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The BOM that hosts import has no parent: what it repeats of the build must be what the build
/// has.
final class BomTest {
  @ParameterizedTest
  @ValueSource(strings = {"version", "grpc.version", "protobuf.version", "netty.version"})
  void bom_namesTheVersionsOfTheBuild(String element) throws IOException {
    Path checkout = Path.of(System.getProperty("lantern.checkout"));
    String build = first(element, checkout.resolve("pom.xml"));
    assertThat(first(element, checkout.resolve("sdk/bom/pom.xml"))).isEqualTo(build);
  }

  @Test
  void example_importsThisVersion() throws IOException {
    Path checkout = Path.of(System.getProperty("lantern.checkout"));
    assertThat(Files.readString(checkout.resolve("sdk/example/pom.xml")))
        .contains("<version>" + first("version", checkout.resolve("pom.xml")) + "</version>");
  }

  private static String first(String element, Path pom) throws IOException {
    Matcher found =
        Pattern.compile("<" + Pattern.quote(element) + ">([^<]+)<").matcher(Files.readString(pom));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
