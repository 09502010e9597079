package dev.lantern.controlplane.ratelimit.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.ratelimit.rule.RuleMessages;
import dev.lantern.controlplane.ratelimit.rule.RuleSet;
import dev.lantern.controlplane.ratelimit.rule.Rules;
import dev.lantern.mesh.v1.WatchLimitsResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownRulesTest {
  @TempDir Path dir;
  private final List<RuleSet> run = new ArrayList<>();

  private KnownRules known() {
    return new KnownRules("ratelimit-1", dir.resolve("limits.json"), run::add);
  }

  private static WatchLimitsResponse revision(long number) {
    return RuleMessages.told(number, List.of(Rules.global("g", number)));
  }

  @Test
  void whatWasRun_isRecalledAfterARestart() {
    known().told(revision(4));
    KnownRules again = known();

    assertThat(again.known()).isFalse();
    again.recall();
    assertThat(again.known()).isTrue();
    assertThat(run.getLast().revision()).isEqualTo(4);
    assertThat(again.standing().getRevision()).isEqualTo(4);
  }

  @Test
  void whatCannotBeRead_isNotRun_andSaidSo() {
    KnownRules known = known();
    known.told(revision(4));
    var spoilt = revision(5).toBuilder();
    spoilt.getRulesBuilder(0).clearBurst();
    known.told(spoilt.build());

    assertThat(run.getLast().revision()).isEqualTo(4);
    assertThat(known.standing().getRevision()).isEqualTo(4);
    assertThat(known.standing().getError()).isNotEmpty();

    known.told(revision(6));
    assertThat(run.getLast().revision()).isEqualTo(6);
    assertThat(known.standing().getError()).isEmpty();
  }

  @Test
  void olderRevision_isNotRun() {
    KnownRules known = known();
    known.told(revision(4));
    known.told(revision(3));

    assertThat(run).hasSize(1);
    assertThat(known.standing().getError()).isNotEmpty();
  }

  /// What the runbook says to do when the control plane's revisions fell.
  @Test
  void olderRevision_isRunByALimiterWhoseFileWasDeleted() throws IOException {
    known().told(revision(4));
    Files.delete(dir.resolve("limits.json"));
    KnownRules again = known();
    again.recall();
    again.told(revision(3));

    assertThat(run.getLast().revision()).isEqualTo(3);
    assertThat(again.standing().getError()).isEmpty();
  }

  @Test
  void sameAgain_changesNothing() {
    KnownRules known = known();
    known.told(revision(4));
    known.told(revision(4));

    assertThat(run).hasSize(1);
  }

  @Test
  void noRulesAtAll_areRules() {
    KnownRules known = known();
    known.told(RuleMessages.told(1, List.of()));

    assertThat(known.known()).isTrue();
  }

  @Test
  void damagedFile_isAsIfThereWereNone() throws IOException {
    Files.writeString(dir.resolve("limits.json"), "{\"revision\": ");
    KnownRules known = known();
    known.recall();

    assertThat(known.known()).isFalse();
  }
}
