package dev.lantern.cli.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir Path folder;

  @Test
  void flags_untilAProcessHasServed_askForANewArchive() throws IOException {
    ClassArchive archive = ClassArchive.of(folder, "a.Main", "a.jar:b.jar");
    Path first = written(archive);
    Files.writeString(first, "few classes");

    assertThat(written(archive)).isNotEqualTo(first);
    assertThat(first).as("of a process that never served").doesNotExist();
  }

  @Test
  void flags_afterAProcessHasServed_useWhatItWrote() throws IOException {
    ClassArchive archive = ClassArchive.of(folder, "a.Main", "a.jar:b.jar");
    Path fresh = written(archive);
    archive.served();
    Files.writeString(fresh, "all classes");

    String flag = archive.flags().getFirst();

    assertThat(flag).startsWith("-XX:SharedArchiveFile=");
    assertThat(Path.of(flag.substring(flag.indexOf('=') + 1))).hasContent("all classes");
  }

  @Test
  void flags_ofAnotherClassPath_shareNothing() throws IOException {
    ClassArchive archive = ClassArchive.of(folder, "a.Main", "a.jar:b.jar");
    Files.writeString(written(archive), "all classes");
    archive.served();

    assertThat(ClassArchive.of(folder, "a.Main", "a.jar:c.jar").flags().getFirst())
        .startsWith("-XX:ArchiveClassesAtExit=");
  }

  private static Path written(ClassArchive archive) throws IOException {
    String flag = archive.flags().getFirst();
    assertThat(flag).startsWith("-XX:ArchiveClassesAtExit=");
    return Path.of(flag.substring(flag.indexOf('=') + 1));
  }
}
