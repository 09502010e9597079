package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [BookingStore] does together with its [OffsetStore].
abstract class BookingStoreContract {
  static final LogName LOG = new LogName(Lane.LANE_LIVE, 1, "topic-a", "id-a", 8);
  static final long LEASE = 501;
  static final long OTHER = 502;
  private static final int PARTITION = 3;
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:05Z");
  private static final PartitionId PLACE = new PartitionId(LOG, PARTITION);

  private Claim claim = new Claim(PLACE, 0);

  abstract BookingStore store();

  abstract OffsetStore offsets();

  /// Grants a slice of 10,000 on [#LOG].
  abstract void lease(long id);

  abstract void fence(long lease, int partition);

  /// Units booked on a lease in all partitions.
  abstract long countedOn(long lease);

  @BeforeEach
  final void own() {
    lease(LEASE);
    lease(OTHER);
    offsets().ensureRows(LOG);
    offsets().ensureRows(LOG);
    claim = new Claim(PLACE, take("worker-1"));
  }

  @Test
  void commit_movesTheOffset_andBooks() {
    assertThat(commit(0, 2, book(0, 40), book(1, 60))).isEqualTo(new BookingStore.Result.Done());

    assertThat(row().nextOffset()).isEqualTo(2);
    assertThat(countedOn(LEASE)).isEqualTo(100);
    Books books = store().lookUp(List.of(given(0, 40).at(0), given(7, 1).at(1)));
    assertThat(books.orders())
        .containsOnlyKeys(given(0, 40).orderNo().text())
        .containsValue(KnownOrder.of(given(0, 40).promise()));
    assertThat(books.conflicts()).isEmpty();
  }

  @Test
  void commit_fromElsewhere_orByAFormerOwner_changesNothing() {
    Claim former = claim;
    assertThat(commit(1, 2, book(0, 40))).isEqualTo(new BookingStore.Result.NotMine());
    claim = new Claim(PLACE, take("worker-2"));
    assertThat(store().commit(new Advance(former, 0, 1), effects(book(0, 40))))
        .isEqualTo(new BookingStore.Result.NotMine());

    assertThat(row().nextOffset()).isZero();
    assertThat(countedOn(LEASE)).isZero();
    assertThat(commit(0, 1, book(0, 40))).isEqualTo(new BookingStore.Result.Done());
  }

  @Test
  void commit_ofANumberThatIsThere_changesNothing() {
    assertThat(commit(0, 1, book(0, 40))).isEqualTo(new BookingStore.Result.Done());
    assertThat(commit(1, 3, book(1, 60), book(0, 40)))
        .isEqualTo(new BookingStore.Result.AlreadyThere());

    assertThat(row().nextOffset()).isEqualTo(1);
    assertThat(countedOn(LEASE)).isEqualTo(40);
    assertThat(store().lookUp(List.of(given(1, 60).at(1))).orders()).isEmpty();
  }

  @Test
  void commit_onAFencedOrUnknownLease_changesNothing() {
    fence(OTHER, PARTITION);
    Verdict onFenced = book(given(1, 60).withLease(OTHER));
    Verdict onUnknown = book(given(2, 60).withLease(999));

    assertThat(commit(0, 2, book(0, 40), onFenced)).isEqualTo(new BookingStore.Result.Fenced());
    assertThat(commit(0, 2, book(0, 40), onUnknown)).isEqualTo(new BookingStore.Result.Fenced());

    assertThat(row().nextOffset()).isZero();
    assertThat(countedOn(LEASE)).isZero();
    assertThat(store().fenced(PARTITION, List.of(LEASE, OTHER, 999L)))
        .isEqualTo(Set.of(OTHER, 999L));
    assertThat(store().fenced(PARTITION + 1, List.of(LEASE, OTHER))).isEmpty();
  }

  @Test
  void commit_ofAConflict_countsIt_andItIsKnownAfterwards() {
    assertThat(commit(0, 1, book(0, 40))).isEqualTo(new BookingStore.Result.Done());
    Promise better = given(0, 90).promise();
    Verdict conflict =
        new Verdict.Conflict(
            given(0, 90).at(1), better, LEASE, Verdict.ConflictReason.OUTCOME_CONFLICT);
    assertThat(commit(1, 2, conflict)).isEqualTo(new BookingStore.Result.Done());

    assertThat(countedOn(LEASE)).isEqualTo(130);
    assertThat(store().lookUp(List.of(given(0, 90).at(2))).conflicts())
        .containsExactly(better.conflictKey());
    assertThat(commit(2, 3, conflict)).isEqualTo(new BookingStore.Result.AlreadyThere());
  }

  @Test
  void forced_commit_movesNoOffset() {
    assertThat(store().commit(effects(book(0, 40)))).isEqualTo(new BookingStore.Result.Done());
    assertThat(store().commit(effects(book(0, 40))))
        .isEqualTo(new BookingStore.Result.AlreadyThere());
    assertThat(row().nextOffset()).isZero();
    assertThat(countedOn(LEASE)).isEqualTo(40);
  }

  @Test
  void retried_order_isResumedOnce_asItWasRead() {
    Given given = given(0, 40);
    commit(0, 1, new Verdict.Retry(given.at(0), given.promise(), "UNAVAILABLE", NOW));
    assertThat(store().due(NOW.minusSeconds(1), 10)).isEmpty();
    SetAsideOrder due = store().due(NOW, 10).getFirst();
    assertThat(due.orderNo()).isEqualTo(given.orderNo().text());

    assertThat(store().putOff(due, new SetAside.RetryAs("AGAIN", NOW.plusSeconds(2)))).isTrue();
    assertThat(store().resume(due, NOW)).isEqualTo(new BookingStore.Result.NotMine());
    assertThat(store().putOff(due, new SetAside.ParkAs("LATE"))).isFalse();
    assertThat(store().due(NOW, 10)).isEmpty();

    SetAsideOrder later = store().due(NOW.plusSeconds(2), 10).getFirst();
    assertThat(later.tries()).isEqualTo(due.tries() + 1);
    assertThat(store().resume(later, NOW)).isEqualTo(new BookingStore.Result.Done());
    assertThat(store().resume(later, NOW)).isEqualTo(new BookingStore.Result.NotMine());
    assertThat(countedOn(LEASE)).isEqualTo(40);
    assertThat(store().due(NOW.plusSeconds(60), 10)).isEmpty();
  }

  @Test
  void row_isTakenAsItWasSeen_touchedAndReleasedByItsOwnerAlone() {
    OffsetRow seen = row();
    Claim former = claim;
    assertThat(offsets().touch(List.of(claim))).isEqualTo(1);
    assertThat(offsets().take(seen, "worker-2")).isEmpty();
    claim = new Claim(PLACE, take("worker-2"));
    assertThat(offsets().touch(List.of(former))).isZero();
    offsets().release(former);
    assertThat(row().owner()).isEqualTo("worker-2");
    offsets().release(claim);
    assertThat(row().isFree()).isTrue();
    assertThat(offsets().rows(Lane.LANE_LIVE)).hasSize(8);
  }

  @Test
  void workers_beat_andAreForgottenOnlyWhereTheyStoodStill() {
    offsets().beat("worker-1", NOW);
    long seq = offsets().workers().getOrDefault("worker-1", -1L);
    offsets().beat("worker-1", NOW);
    offsets().forget("worker-1", seq);
    assertThat(offsets().workers()).containsOnlyKeys("worker-1");
    offsets().forget("worker-1", seq + 1);
    assertThat(offsets().workers()).isEmpty();
  }

  private BookingStore.Result commit(long from, long to, Verdict... verdicts) {
    return store().commit(new Advance(claim, from, to), effects(verdicts));
  }

  private static Effects effects(Verdict... verdicts) {
    return Effects.of(List.of(verdicts), PARTITION, NOW);
  }

  private static Given given(int user, long fen) {
    return Given.of(Given.user(user, PARTITION, LOG.partitions()), fen, LEASE);
  }

  private static Verdict book(int user, long fen) {
    return book(given(user, fen));
  }

  private static Verdict book(Given given) {
    return new Verdict.Book(given.at(0), given.promise(), given.lease());
  }

  private long take(String worker) {
    return offsets().take(row(), worker).orElseThrow();
  }

  private OffsetRow row() {
    return offsets().row(PLACE).orElseThrow();
  }
}
