package dev.lantern.cli.stack.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.cli.stack.StackException;
import dev.lantern.cli.stack.detour.Detour;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.part.Part;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
  @TempDir Path folder;

  @Test
  void parts_atTheLargestScale_shareNeitherNameNorPort_norTheDetours() {
    List<Part> parts = parts(Parts.DETOURED, new Scale(Scale.MOST_API, Scale.MOST_SETTLE));

    var names = new HashSet<String>();
    var ports = new HashSet<Integer>();
    for (Part part : parts) {
      assertThat(names.add(part.name())).as(part.name()).isTrue();
      part.ports().forEach(port -> assertThat(ports.add(port)).as("port %d", port).isTrue());
    }
    for (Detour detour : Detour.values()) {
      assertThat(ports.add(detour.port(7_700))).as("detour %s", detour).isTrue();
      assertThat(ports).as("behind %s", detour).contains(detour.behind(7_700));
    }
  }

  @Test
  void parts_standBehindWhatTheyNeed() {
    var seen = new HashSet<String>();
    for (Part part : parts(Parts.ALL, Scale.SMALLEST)) {
      assertThat(seen).as(part.name()).containsAll(part.after());
      seen.add(part.name());
    }
  }

  @Test
  void scale_outOfItsBounds_isRefused() {
    assertThatThrownBy(() -> new Scale(0, 1)).isInstanceOf(StackException.class);
    assertThatThrownBy(() -> new Scale(1, Scale.MOST_SETTLE + 1))
        .isInstanceOf(StackException.class);
  }

  private List<Part> parts(String plan, Scale scale) {
    Home home = Home.open(folder.resolve("home"));
    return Parts.named(plan, home, folder, 7_700).parts(scale);
  }
}
