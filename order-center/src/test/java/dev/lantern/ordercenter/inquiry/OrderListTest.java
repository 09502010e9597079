package dev.lantern.ordercenter.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.order.Promises.Epoch;
import dev.lantern.stores.redis.RedisUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class OrderListTest {
  private static final long USER = 7;
  private static final OrderScope ALL = new OrderScope(USER, "spring", "");
  private static final OrderScope GREY = new OrderScope(USER, "spring", "spring-grey");

  private final Map<String, AcceptedOrder> tokens = new HashMap<>();
  private final Map<String, AcceptedOrder> inbox = new HashMap<>();
  private final Map<String, AcceptedOrder> booked = new TreeMap<>();
  private boolean redisAway;
  private Optional<Epoch> epoch = Optional.of(new Epoch("old", Instant.EPOCH));
  private final OrderList list =
      new OrderList(
          (_, _) -> {
            if (redisAway) {
              throw new RedisUnavailableException("away", null);
            }
            return new Outstanding.Tokens(List.copyOf(tokens.values()), epoch);
          },
          this::read,
          id -> id.equals("old"));

  @Test
  void orders_areNewestFirst_whereverTheyAre() {
    tokens.put("2", order(2, "spring-grey"));
    inbox.put("3", order(3, "spring-grey"));
    booked.put("1", order(1, "spring-grey"));

    OrderList.Page page = list.page(Lane.LANE_LIVE, ALL, Optional.empty(), 10);

    assertThat(page.orders()).extracting(ListedOrder::orderNo).containsExactly("3", "2", "1");
    assertThat(page.next()).isEmpty();
    assertThat(page.complete()).isTrue();
  }

  @Test
  void orderThatIsBookedWhileItsTokenStays_isListedOnce_asBooked() {
    tokens.put("1", order(1, "spring-grey"));
    booked.put("1", order(1, "spring-grey"));

    OrderList.Page page = list.page(Lane.LANE_LIVE, ALL, Optional.empty(), 10);

    assertThat(page.orders())
        .extracting(listed -> listed.order().getState())
        .containsExactly(OrderState.ORDER_STATE_SUCCESS);
  }

  @Test
  void child_isListedByItself() {
    tokens.put("1", order(1, "spring-grey"));
    inbox.put("2", order(2, "spring-official"));
    booked.put("3", order(3, "spring-official"));

    assertThat(list.page(Lane.LANE_LIVE, GREY, Optional.empty(), 10).orders())
        .extracting(listed -> listed.order().getActivityId())
        .containsExactly("spring-grey");
  }

  @Test
  void withoutTokens_theRestIsTold_andThatSomethingMayBeMissing() {
    booked.put("1", order(1, "spring-grey"));
    redisAway = true;
    OrderList.Page away = list.page(Lane.LANE_LIVE, ALL, Optional.empty(), 10);
    assertThat(away.orders()).hasSize(1);
    assertThat(away.complete()).isFalse();

    redisAway = false;
    epoch = Optional.of(new Epoch("young", Instant.EPOCH));
    assertThat(list.page(Lane.LANE_LIVE, ALL, Optional.empty(), 10).complete()).isFalse();
    epoch = Optional.empty();
    assertThat(list.page(Lane.LANE_LIVE, ALL, Optional.empty(), 10).complete()).isFalse();
  }

  @Test
  void pages_giveEveryOrderOfTheBeginningOnce_whateverIsBookedInBetween() {
    for (long seed = 1; seed <= 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      tokens.clear();
      inbox.clear();
      booked.clear();
      for (int n = 0; n < 40; n++) {
        // Several are of one instant.
        AcceptedOrder order = order(1_000 + n, n / 3, "spring-grey");
        switch (random.nextInt(3)) {
          case 0 -> tokens.put(order.getOrderNo(), order);
          case 1 -> inbox.put(order.getOrderNo(), order);
          case 2 -> booked.put(order.getOrderNo(), order);
          default -> throw new AssertionError();
        }
      }
      assertThat(readAll(random)).as("seed %s", seed).hasSize(40).doesNotHaveDuplicates();
    }
  }

  @Test
  void moreTokensThanAreLookedAt_areAllListed() {
    for (int n = 0; n < 2 * OrderList.MOST_OUTSTANDING + 10; n++) {
      AcceptedOrder order = order(10_000 + n, "spring-grey");
      tokens.put(order.getOrderNo(), order);
      // Booked, though their tokens have not left yet.
      if (n % 50 != 0) {
        booked.put(order.getOrderNo(), order);
      }
    }
    Set<String> all = Set.copyOf(tokens.keySet());

    assertThat(readAll(new SplittableRandom(1))).containsExactlyInAnyOrderElementsOf(all);
  }

  private List<String> readAll(SplittableRandom random) {
    List<String> seen = new ArrayList<>();
    Optional<OrderPlace> after = Optional.empty();
    do {
      OrderList.Page page = list.page(Lane.LANE_LIVE, ALL, after, 1 + random.nextInt(9));
      page.orders().forEach(listed -> seen.add(listed.orderNo()));
      after = page.next();
      bookSome(random);
      // What comes later is newer: it belongs before the first page.
      tokens.put("new", order(99_999, "spring-grey").toBuilder().setOrderNo("new").build());
      seen.remove("new");
    } while (after.isPresent());
    tokens.remove("new");
    return seen;
  }

  private void bookSome(SplittableRandom random) {
    for (Map<String, AcceptedOrder> from : List.of(tokens, inbox)) {
      for (AcceptedOrder order : List.copyOf(from.values())) {
        if (!order.getOrderNo().equals("new") && random.nextInt(5) == 0) {
          booked.put(order.getOrderNo(), order);
          if (random.nextBoolean() && from == inbox) {
            from.remove(order.getOrderNo());
          }
        }
      }
    }
  }

  private UserOrders.Found read(
      OrderScope scope, Optional<OrderPlace> after, int limit, Collection<String> promised) {
    List<ListedOrder> waiting =
        inbox.values().stream()
            .filter(order -> scope.holds(order.getActivityId(), order.getChildActivityId()))
            .map(MysqlUserOrders::listed)
            .toList();
    Set<String> numbers = new HashSet<>(promised);
    waiting.forEach(order -> numbers.add(order.orderNo()));
    numbers.retainAll(booked.keySet());
    List<ListedOrder> rows =
        booked.values().stream()
            .filter(order -> scope.holds(order.getActivityId(), order.getChildActivityId()))
            .map(MysqlUserOrders::listed)
            .map(listed ->
                new ListedOrder(
                    listed.place(),
                    listed.order().toBuilder().setState(OrderState.ORDER_STATE_SUCCESS).build()))
            .filter(listed -> after.isEmpty() || listed.place().isAfter(after.get()))
            .sorted(java.util.Comparator.comparing(ListedOrder::place))
            .limit(limit)
            .toList();
    return new UserOrders.Found(rows, waiting, numbers);
  }

  private static AcceptedOrder order(int number, String child) {
    return order(number, number, child);
  }

  private static AcceptedOrder order(int number, int second, String child) {
    return AcceptedOrder.newBuilder()
        .setOrderNo(Integer.toString(number))
        .setActivityId("spring")
        .setChildActivityId(child)
        .setAcceptTime(Timestamp.newBuilder().setSeconds(1_800_000_000L + second))
        .build();
  }
}
