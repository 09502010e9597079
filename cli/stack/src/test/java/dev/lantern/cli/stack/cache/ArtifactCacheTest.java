package dev.lantern.cli.stack.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactCacheTest {
  @TempDir Path folder;

  @Test
  void directory_askedForByManyAtOnce_isFilledOnce()
      throws InterruptedException, ExecutionException, IOException {
    var fills = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Future<Path>>();
      for (int i = 0; i < 8; i++) {
        Callable<Path> ask =
            () ->
                new ArtifactCache(folder)
                    .directory(
                        "engine-1",
                        empty -> {
                          fills.incrementAndGet();
                          Files.writeString(empty.resolve("whole"), "yes");
                        });
        asked.add(threads.submit(ask));
      }
      for (Future<Path> path : asked) {
        assertThat(path.get().resolve("whole")).hasContent("yes");
      }
    }
    assertThat(fills).hasValue(1);
  }

  @Test
  void directory_whoseFillingFailed_isNotThere_andIsFilledAnew()
      throws IOException, InterruptedException {
    var cache = new ArtifactCache(folder);
    assertThatThrownBy(() ->
            cache.directory(
                "engine-1",
                empty -> {
                  Files.writeString(empty.resolve("half"), "of it");
                  throw new IOException("killed");
                }))
        .isInstanceOf(IOException.class);
    assertThat(folder.resolve("engine-1")).doesNotExist();

    Path whole =
        cache.directory("engine-1", empty -> Files.writeString(empty.resolve("whole"), "yes"));

    assertThat(whole.resolve("half")).doesNotExist();
    assertThat(whole.resolve("whole")).exists();
  }

  @Test
  void ofUser_goesByTheVariables() {
    assertThat(ArtifactCache.ofUser(Map.of("XDG_CACHE_HOME", "/c", "HOME", "/h")).root())
        .isEqualTo(Path.of("/c/lantern"));
    assertThat(ArtifactCache.ofUser(Map.of("HOME", "/h")).root())
        .isEqualTo(Path.of("/h/.cache/lantern"));
  }

  @Test
  void inside_anEntryThatLeavesItsDirectory_isRefused() {
    assertThatThrownBy(() -> JarContents.inside(folder, "../outside"))
        .isInstanceOf(IOException.class);
  }
}
