package dev.lantern.sdk.wallet;

import static dev.lantern.sdk.wallet.RealStores.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.order.v1.OrderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Flows out of the real tables, and paging while they change.
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowsOnEnginesTest {
  private static final Instant AT = Instant.parse("2027-01-01T12:00:00.123456789Z");

  private final RealStores stores = new RealStores();
  private WalletKey user = RealStores.user();

  @BeforeEach
  void freshUser() {
    user = RealStores.user();
    stores.setEpoch(user, "settled", true);
  }

  @AfterAll
  void close() {
    stores.close();
  }

  @Test
  void flows_ofEveryKind_areNewestFirstWithTheirStates() {
    AcceptedOrder oldest = order(user, 1, 1, AT);
    AcceptedOrder parked = order(user, 2, 2, AT.plusMillis(1));
    AcceptedOrder discarded = order(user, 3, 3, AT.plusMillis(2));
    AcceptedOrder message = order(user, 4, 0, AT.plusMillis(3));
    AcceptedOrder token = order(user, 5, 5, AT.plusMillis(4));
    stores.bookings.book(oldest);
    stores.bookings.insert(parked, OrderState.ORDER_STATE_PARKED);
    stores.bookings.insert(discarded, OrderState.ORDER_STATE_DISCARDED);
    stores.bookings.book(message);
    stores.putToken(user, token);
    // A conflict of the oldest order: the same number, a better outcome, its own place.
    stores.bookings.insertConflict(
        order(user, 1, 9, AT.plusMillis(2)), (byte) 1, OrderState.ORDER_STATE_PARKED);

    List<Flow> flows = stores.reader().flows(user, Optional.empty(), 10).flows();
    assertThat(flows)
        .extracting(Flow::amountFen, Flow::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(5L, Flow.State.PROCESSING),
            org.assertj.core.groups.Tuple.tuple(3L, Flow.State.FAILED),
            org.assertj.core.groups.Tuple.tuple(9L, Flow.State.PROCESSING),
            org.assertj.core.groups.Tuple.tuple(2L, Flow.State.PROCESSING),
            org.assertj.core.groups.Tuple.tuple(1L, Flow.State.DONE));
    assertThat(flows).extracting(Flow::title).containsOnly("Spring red packet");
  }

  @Test
  void flows_beforeAndAfterTheBooking_standInTheSamePlace() {
    AcceptedOrder order = order(user, 1, 88, AT);
    stores.putToken(user, order);
    FlowPosition promised = only(stores.reader().flows(user, Optional.empty(), 10));
    stores.bookings.book(order);
    stores.removeToken(user, order);
    assertThat(only(stores.reader().flows(user, Optional.empty(), 10))).isEqualTo(promised);
  }

  @Test
  void flows_acceptedInTheSameMicrosecond_comeOncePagedOneByOne() {
    for (int rain = 1; rain <= 4; rain++) {
      stores.bookings.book(order(user, rain, rain, AT));
      stores.bookings.insertConflict(
          order(user, rain, 10 + rain, AT), (byte) 7, OrderState.ORDER_STATE_PARKED);
      stores.bookings.insertConflict(
          order(user, rain, 20 + rain, AT), (byte) 9, OrderState.ORDER_STATE_PARKED);
      stores.putToken(user, order(user, 100 + rain, 30 + rain, AT));
    }
    List<Flow> all = new ArrayList<>();
    Optional<FlowPosition> after = Optional.empty();
    do {
      FlowPage page = stores.reader().flows(user, through(after), 1);
      all.addAll(page.flows());
      after = page.next();
    } while (after.isPresent());
    assertThat(all).hasSize(16);
    assertThat(all.stream().map(Flow::position).toList()).isSorted().doesNotHaveDuplicates();
    assertThat(all)
        .extracting(Flow::amountFen)
        .containsExactlyElementsOf(
            stores.reader().flows(user, Optional.empty(), 50).flows().stream()
                .map(Flow::amountFen)
                .toList());
  }

  @Test
  void flows_pagedWhileOrdersAreAcceptedAndBooked_comeOnceAndAreNotSkipped() throws Exception {
    int early = 60;
    for (int rain = 1; rain <= early; rain++) {
      stores.putToken(user, order(user, rain, rain, AT.plusMillis(rain)));
    }
    Thread settle =
        Thread.ofVirtual()
            .start(() -> {
              Random random = new Random(3);
              for (int rain = early; rain >= 1; rain--) {
                AcceptedOrder order = order(user, rain, rain, AT.plusMillis(rain));
                stores.bookings.book(order);
                stores.removeToken(user, order);
                int late = 1000 + rain;
                stores.putToken(
                    user, order(user, late, 1 + random.nextInt(9), AT.plusMillis(late)));
              }
            });
    int pagings = 0;
    do {
      Set<String> numbers = new HashSet<>();
      Optional<FlowPosition> after = Optional.empty();
      do {
        FlowPage page = stores.reader().flows(user, through(after), 7);
        assertThat(page.missing()).isEmpty();
        page.flows()
            .forEach(
                flow -> assertThat(numbers.add(flow.position().orderNo())).as("twice").isTrue());
        after = page.next();
      } while (after.isPresent());
      for (int rain = 1; rain <= early; rain++) {
        assertThat(numbers).contains(order(user, rain, rain, AT).getOrderNo());
      }
      pagings++;
    } while (settle.isAlive());
    settle.join();
    assertThat(pagings).isGreaterThan(1);
  }

  /// As a client does: by the token.
  private Optional<FlowPosition> through(Optional<FlowPosition> after) {
    return after.map(
        position -> FlowPageTokens.read(user, FlowPageTokens.write(user, position)).orElseThrow());
  }

  private static FlowPosition only(FlowPage page) {
    assertThat(page.flows()).hasSize(1);
    return page.flows().getFirst().position();
  }
}
