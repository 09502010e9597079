package dev.lantern.ordercenter.fund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.order.LedgerLog.Entered;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.ordercenter.settle.Books;
import dev.lantern.ordercenter.settle.DirectLog;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.GroupPlanner;
import dev.lantern.ordercenter.settle.MemoryBooks;
import dev.lantern.ordercenter.settle.SetAside;
import dev.lantern.ordercenter.settle.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The scene's `single_amount_cap_fen` as the last who look at it hold it.
final class AmountCapTest {
  private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");
  private static final int PARTITIONS = 8;
  private static final long LEASE = 7;
  private static final long CAP = 200;
  private static final Given OVER = Given.of(1_001, CAP + 1, LEASE);

  private final Revisions revisions = new Revisions();
  private final CampaignLimits limits = new CampaignLimits(revisions, ZoneId.of("Asia/Shanghai"));
  private final MemoryBooks books = new MemoryBooks();
  private final DirectLog direct =
      new DirectLog(books, () -> new Moment(0, NOON), Lane.LANE_LIVE, () -> PARTITIONS, limits);

  @BeforeEach
  void read() {
    revisions.add(1, NOON.minusSeconds(600), CAP, 0);
    limits.poll();
    books.lease(LEASE);
  }

  @Test
  void promiseOverTheCap_isParkedByDirect_asByTheWorker() {
    int partition = Partitions.of(OVER.actId(), PARTITIONS);
    Verdict worker =
        new GroupPlanner(Lane.LANE_LIVE, partition, PARTITIONS, limits)
            .plan(List.of(OVER.at(0)), Books.UNREAD, Set.of(), new SetAside.Nothing())
            .getFirst();
    assertThat(worker).isInstanceOf(Verdict.Park.class);
    String why = ((Verdict.Park) worker).reason();
    assertThat(why).startsWith("OVER_AMOUNT_CAP");

    assertThat(direct.enter(OVER.proto())).isInstanceOf(Entered.Taken.class);
    assertThat(books.orders.values())
        .singleElement()
        .satisfies(row -> assertThat(row.state()).isEqualTo(OrderState.ORDER_STATE_PARKED))
        .satisfies(row -> assertThat(row.values()).contains(why));
    assertThat(books.postings).isEmpty();
  }

  @Test
  void promiseUpToTheCap_isBookedByDirect() {
    assertThat(direct.enter(OVER.withFen(CAP).proto()))
        .isEqualTo(new Entered.Taken(OrderState.ORDER_STATE_SUCCESS));
    assertThat(books.postings).hasSize(1);
  }
}
