package dev.lantern.cli.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  private static final int STARTS = 4;

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

  /// The two roles of order-center are one program, and start side by side.
  @Test
  void flags_askedForByManyAtOnce_allUseTheSameArchive() throws Exception {
    ClassArchive archive = ClassArchive.of(folder, "a.Main", "a.jar:b.jar");
    archive.served();
    for (int turn = 0; turn < 50; turn++) {
      Files.deleteIfExists(folder.resolve(archive.name() + ".jsa"));
      for (int i = 0; i < 4; i++) {
        Files.writeString(folder.resolve(archive.name() + "-" + i + ".new"), "all classes");
      }
      var together = new CyclicBarrier(STARTS);
      try (var starts = Executors.newFixedThreadPool(STARTS)) {
        Callable<List<String>> start =
            () -> {
              together.await();
              return archive.flags();
            };
        for (var flags : starts.invokeAll(Collections.nCopies(STARTS, start))) {
          assertThat(flags.get().getFirst())
              .endsWith(folder.resolve(archive.name() + ".jsa").toString());
        }
      }
    }
  }

  private static Path written(ClassArchive archive) throws IOException {
    String flag = archive.flags().getFirst();
    assertThat(flag).startsWith("-XX:ArchiveClassesAtExit=");
    return Path.of(flag.substring(flag.indexOf('=') + 1));
  }
}
