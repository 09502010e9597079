package dev.lantern.controlplane.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.switches.SwitchChange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFileTest {
  private static final Instant AT = Instant.parse("2027-01-01T12:00:00.123Z");

  @TempDir Path dir;

  @Test
  void state_isReadAsItWasWritten() {
    var known =
        new LastKnown(
            revision(7),
            List.of(
                new SwitchChange(3, "a", 1, "me", "why", AT, Optional.of(AT.plusSeconds(9))),
                new SwitchChange(4, "b", 2, "me", "why", AT, Optional.empty())),
            "{\"keys\":[]}",
            List.of("gateway-1"));
    new StateFile(dir).write(known);
    assertThat(new StateFile(dir).read()).contains(known);
  }

  @Test
  void state_olderThanWhatWasRunHere_isRefused() throws Exception {
    var file = new StateFile(dir);
    file.write(LastKnown.nothing().with(revision(6)));
    Path copy = dir.resolve("copy");
    Files.copy(dir.resolve("last-known.json"), copy);
    file.write(LastKnown.nothing().with(revision(7)));
    Files.copy(
        copy, dir.resolve("last-known.json"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(file.read()).isEmpty();
  }

  @Test
  void damagedState_isNotTakenForNone() throws Exception {
    Files.writeString(dir.resolve("last-known.json"), "{\"revision\": ");
    assertThatThrownBy(() -> new StateFile(dir).read()).isInstanceOf(IllegalStateException.class);
    Files.writeString(dir.resolve("last-known.json"), "{\"revision\": 3}");
    assertThatThrownBy(() -> new StateFile(dir).read()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingWritten_isEmpty() {
    assertThat(new StateFile(dir).read()).isEmpty();
  }

  private static Revision revision(long number) {
    return new Revision(number, "e", "me", "why", AT, List.of(new Document("d", "yaml", 2)));
  }
}
