package dev.lantern.proving.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RecordingTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("lantern.checkout", "..")).resolve("docs/json.md");
  private static final String BEGIN = "<!-- differences: begin -->\n";
  private static final String END = "<!-- differences: end -->\n";

  /// Otherwise a new field of a contract would be compared by nobody. `lantern corpus --record`.
  @Test
  void recording_isOfTheRequestsThatTheContractsAskFor() {
    List<Case> recorded = Recording.load().lines().stream().map(Recording.Line::one).toList();
    assertThat(recorded).isEqualTo(CorpusMaker.cases());
    assertThat(recorded).hasSizeGreaterThan(500);
  }

  /// Otherwise whatever our edge did with it would pass for the difference that is meant.
  @Test
  void recording_ofWhatDiffers_hasBoth() {
    assertThat(Recording.load().lines())
        .allSatisfy(line ->
            assertThat(line.ours().isPresent()).isEqualTo(line.one().difference().isPresent()));
  }

  @Test
  void recording_readAndWritten_isTheSame() {
    Recording recording = Recording.load();
    assertThat(Recording.parse(recording.text())).isEqualTo(recording);
  }

  /// `-Dlantern.goldens=write` writes the list anew.
  @Test
  void everyDifference_isListedAndJustified() throws IOException {
    String text = Files.readString(DOCUMENT);
    String rendered =
        "| | we | grpc-gateway | why ours stays |\n|---|---|---|---|\n"
            + Arrays.stream(Difference.values())
                .map(it ->
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(it.name(), it.ours(), it.theirs(), it.why()))
                .collect(Collectors.joining());
    if (Objects.equals(System.getProperty("lantern.goldens"), "write")) {
      int from = text.indexOf(BEGIN) + BEGIN.length();
      text = text.substring(0, from) + rendered + text.substring(text.indexOf(END));
      Files.writeString(DOCUMENT, text);
    }
    assertThat(text).contains(BEGIN + rendered + END);
  }

  @Test
  void marks_ofACaseThatIsNotThere_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Marks.parse("{\"SESSION\":[\"no/such\"]}").on(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Marks.parse("{\"SESSION\":[\"a\"],\"BODY_SIZE\":[\"a\"]}"));
  }
}
