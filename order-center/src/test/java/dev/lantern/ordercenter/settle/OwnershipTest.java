package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipTest {
  private static final String ME = "me";

  @ParameterizedTest
  @CsvSource({"8, 1, 8", "8, 2, 4", "8, 3, 3", "8, 8, 1", "8, 9, 1", "8, 0, 8", "0, 3, 0"})
  void fairShare_isRoundedUp_soThatSharesCoverAll(int partitions, int workers, int share) {
    assertThat(Ownership.fairShare(partitions, workers)).isEqualTo(share);
    assertThat(share * Math.max(1, workers)).isGreaterThanOrEqualTo(partitions);
  }

  @Test
  void freeRows_areTakenUpToTheShare() {
    Ownership.Decision decision = Ownership.decide(rows("", "", "", ""), Set.of(), ME, 2);

    assertThat(decision.take()).extracting(OffsetRow::partition).containsExactly(0, 1);
    assertThat(decision.release()).isEmpty();
  }

  @Test
  void anothersRow_isTakenOnlyWhenItStandsStill() {
    List<OffsetRow> rows = rows(ME, "dead", "live", "");

    Ownership.Decision decision = Ownership.decide(rows, Set.of(new OffsetRow.Key("t", 1)), ME, 1);

    assertThat(decision.take()).extracting(OffsetRow::partition).containsExactly(1, 3);
  }

  @Test
  void ownRowThatStandsStill_isNotTakenOver() {
    Ownership.Decision decision =
        Ownership.decide(rows(ME, ME), Set.of(new OffsetRow.Key("t", 0)), ME, 1);

    assertThat(decision.take()).isEmpty();
    assertThat(decision.release()).isEmpty();
  }

  @Test
  void rowsBeyondTheShare_areGivenUp_andNothingIsTaken() {
    Ownership.Decision decision = Ownership.decide(rows(ME, ME, ME, ""), Set.of(), ME, 2);

    assertThat(decision.release()).extracting(OffsetRow::partition).containsExactly(2);
    assertThat(decision.take()).isEmpty();
  }

  /// Workers that come and go: after each has decided a few times, every partition is held by a
  /// live worker and nobody holds more than a share.
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "5", "8", "11"})
  void decisions_converge(int workers) {
    String[] owners = new String[8];
    java.util.Arrays.fill(owners, "gone");
    for (int round = 0; round < 4; round++) {
      for (int worker = 0; worker < workers; worker++) {
        String me = "w" + worker;
        Set<OffsetRow.Key> still =
            IntStream.range(0, 8)
                .filter(p -> owners[p].equals("gone"))
                .mapToObj(p -> new OffsetRow.Key("t", p))
                .collect(java.util.stream.Collectors.toSet());
        Ownership.Decision decision = Ownership.decide(rows(owners), still, me, workers);
        decision.release().forEach(row -> owners[row.partition()] = "");
        decision.take().forEach(row -> owners[row.partition()] = me);
      }
    }

    int share = Ownership.fairShare(8, workers);
    assertThat(owners).allMatch(owner -> owner.startsWith("w"));
    for (int worker = 0; worker < workers; worker++) {
      String me = "w" + worker;
      assertThat(java.util.Arrays.stream(owners).filter(me::equals).count())
          .isLessThanOrEqualTo(share);
    }
  }

  @Test
  void standingStill_isJudgedByOwnClockFromTheFirstLook() {
    StandingStill<String> still = new StandingStill<>();

    assertThat(still.note("row", 5, at(100))).isEqualTo(Duration.ZERO);
    assertThat(still.note("row", 5, at(106))).isEqualTo(Duration.ofSeconds(6));
    assertThat(still.note("row", 6, at(107))).isEqualTo(Duration.ZERO);
    still.keepOnly(List.of());
    assertThat(still.note("row", 6, at(120))).isEqualTo(Duration.ZERO);
  }

  private static Moment at(long seconds) {
    return new Moment(Duration.ofSeconds(seconds).toNanos(), Instant.EPOCH);
  }

  private static List<OffsetRow> rows(String... owners) {
    List<OffsetRow> rows = new ArrayList<>();
    for (int partition = 0; partition < owners.length; partition++) {
      rows.add(new OffsetRow(Lane.LANE_LIVE, "t", partition, 0, owners[partition], 1, 1));
    }
    return rows;
  }
}
