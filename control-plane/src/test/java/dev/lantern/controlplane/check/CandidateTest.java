package dev.lantern.controlplane.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CandidateTest {
  private static final Revision NEWEST =
      new Revision(
          4,
          "e",
          "me",
          "why",
          Instant.EPOCH,
          List.of(new Document("a", "one", 2), new Document("b", "two", 4)));

  @Test
  void documentsNotNamed_stay_withTheRevisionTheyAreFrom() {
    Candidate candidate = Candidate.over(NEWEST, Map.of("b", "changed"));
    assertThat(candidate.number()).isEqualTo(5);
    assertThat(candidate.changed()).containsExactly("b");
    assertThat(candidate.documents())
        .containsExactly(new Document("a", "one", 2), new Document("b", "changed", 5));
  }

  /// Were it counted as a change, the rule's bucket would be refilled for nothing.
  @Test
  void sameText_isNoChange() {
    Candidate candidate = Candidate.over(NEWEST, Map.of("a", "one"));
    assertThat(candidate.changed()).isEmpty();
    assertThat(candidate.documents()).isEqualTo(NEWEST.documents());
  }
}
