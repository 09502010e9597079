package dev.lantern.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `buf lint` (STANDARD) and `buf breaking` (FILE, against the last release) over the descriptor
/// set that the build made, so that imports need no vendoring.
class BufTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("lantern.checkout", ".."));
  private static final Path CONFIG = CHECKOUT.resolve("buf.yaml");
  private static final Path BASELINE = CHECKOUT.resolve("proto/baseline/lantern.binpb");

  @TempDir static Path work;
  private static Path buf = Path.of("buf");
  private static Path image = Path.of("lantern.binpb");

  @BeforeAll
  static void fetch() throws IOException, InterruptedException {
    buf = Buf.install();
    image = Files.copy(Path.of("target/classes/lantern.desc"), work.resolve("lantern.binpb"));
  }

  @Test
  void contracts_passLint() throws Exception {
    assertThat(run("lint", image.toString())).isEmpty();
  }

  @Test
  void contracts_breakNothingSinceTheBaseline() throws Exception {
    assertThat(run("breaking", image.toString(), "--against", BASELINE.toString())).isEmpty();
  }

  @Test
  void lint_seesAPlantedFault() throws Exception {
    Path tree = Files.createDirectories(work.resolve("planted"));
    Files.writeString(tree.resolve("a.proto"), "syntax = \"proto3\"; message bad_name {}");
    assertThat(Buf.run(List.of(buf.toString(), "lint", tree.toString()))).contains("bad_name");
  }

  private static String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(buf.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--path", "lantern", "--config", CONFIG.toString()));
    return Buf.run(command);
  }

  /// The buf binary out of its wheel, pinned by hash, in the user's cache.
  private static final class Buf {
    private static final String VERSION = "1.75.0";

    static Path install() throws IOException, InterruptedException {
      Path home = cache().resolve("lantern").resolve("buf-" + VERSION);
      Path binary = home.resolve("buf_bin-" + VERSION + ".data/scripts/buf");
      if (Files.isExecutable(binary)) {
        return binary;
      }
      Path script = CHECKOUT.resolve("proto/buf-install.sh");
      String said = run(List.of("bash", script.toString(), home.toString()));
      assertThat(binary).as(said).isExecutable();
      return binary;
    }

    static String run(List<String> command) throws IOException, InterruptedException {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("finished: " + command).isTrue();
      return process.exitValue() == 0 ? "" : output + "\nexit " + process.exitValue();
    }

    private static Path cache() {
      String configured = System.getenv("XDG_CACHE_HOME");
      return configured == null || configured.isEmpty()
          ? Path.of(System.getenv("HOME"), ".cache")
          : Path.of(configured);
    }
  }
}
