package dev.lantern.cli.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarShelfTest {
  @TempDir Path folder;

  @Test
  void shelved_ourOwnJar_isACopyThatABuildDoesNotTouch() throws IOException {
    var shelf = new JarShelf(folder.resolve("shelf"));
    Path jar = Files.writeString(folder.resolve("lantern-x-0.1.0.jar"), "first build");

    String before = shelf.shelved(jar + ":/lib/foreign.jar");
    Files.writeString(jar, "second build, longer");
    String after = shelf.shelved(jar + ":/lib/foreign.jar");

    assertThat(before).endsWith(":/lib/foreign.jar").isNotEqualTo(after);
    assertThat(Path.of(before.split(":", -1)[0])).hasContent("first build");
    assertThat(Path.of(after.split(":", -1)[0])).hasContent("second build, longer");
    assertThat(shelf.shelved(after)).isEqualTo(after);
  }
}
