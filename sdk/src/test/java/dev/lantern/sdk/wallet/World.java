package dev.lantern.sdk.wallet;

import dev.lantern.sdk.wallet.Flow.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A small world in which orders of one user travel from promise to ledger, one step at a time:
/// Redis with its epoch, a ledger of immutable states, and a record of what was told when.
final class World implements TokenMaps, Ledger {
  static final WalletKey KEY = new WalletKey(1, 4711, "spring-official");
  static final Instant START = Instant.parse("2027-01-01T12:00:00Z");

  enum Row {
    BOOKED,
    PARKED,
    DISCARDED
  }

  record Stored(Promise promise, Row row) {}

  private final Map<String, Promise> redis = new TreeMap<>();
  private final Map<String, Promise> acknowledged = new TreeMap<>();
  private final Set<String> ended = new HashSet<>();
  private Books books = new Books(Map.of(), Set.of());
  private String epoch = "e0";
  private boolean redisUp = true;
  private int epochs;
  private int made;
  private Set<String> beforeEpoch = Set.of();

  World() {
    settle();
  }

  // --- what the services do, one store operation each

  Promise accept(long amountFen) {
    Promise promise =
        new Promise(
            "4711_rain_%d_1_3".formatted(made),
            Purse.CASH,
            amountFen,
            START.plusMillis(made++ * 7L / 2),
            "Spring red packet");
    redis.put(promise.orderNo(), promise);
    acknowledged.put(promise.orderNo(), promise);
    return promise;
  }

  void commit(Promise promise, Row row) {
    Map<String, Stored> next = new HashMap<>(books.orders());
    next.put(promise.orderNo(), new Stored(promise, row));
    books = new Books(Map.copyOf(next), books.settledEpochs());
    if (row == Row.DISCARDED) {
      ended.add(promise.orderNo());
    }
  }

  /// S5: only what has a row leaves Redis.
  void clean(Promise promise) {
    if (books.orders().containsKey(promise.orderNo())) {
      redis.remove(promise.orderNo());
    }
  }

  void wipeRedis() {
    redis.clear();
    epoch = "";
  }

  void redisUp(boolean up) {
    redisUp = up;
  }

  void setEpoch() {
    if (epoch.isEmpty()) {
      epoch = "e" + ++epochs;
      beforeEpoch = Set.copyOf(acknowledged.keySet());
    }
  }

  void settle() {
    if (!epoch.isEmpty() && books.orders().keySet().containsAll(beforeEpoch)) {
      Set<String> settled = new HashSet<>(books.settledEpochs());
      settled.add(epoch);
      books = new Books(books.orders(), Set.copyOf(settled));
    }
  }

  /// One random step of one random order, or of Redis.
  void step(RandomGenerator random) {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> accept(1 + random.nextInt(1000));
      case 5 -> {
        if (random.nextInt(8) == 0) {
          wipeRedis();
        }
      }
      case 6 -> setEpoch();
      case 7 -> settle();
      default -> advance(random);
    }
  }

  private void advance(RandomGenerator random) {
    if (acknowledged.isEmpty()) {
      return;
    }
    List<Promise> all = List.copyOf(acknowledged.values());
    Promise one = all.get(random.nextInt(all.size()));
    Stored stored = books.orders().get(one.orderNo());
    if (stored == null) {
      commit(one, random.nextInt(5) == 0 ? Row.PARKED : Row.BOOKED);
    } else if (redis.containsKey(one.orderNo())) {
      clean(one);
    } else if (stored.row() == Row.PARKED) {
      commit(one, random.nextInt(4) == 0 ? Row.DISCARDED : Row.BOOKED);
    }
  }

  // --- what the user knows

  /// Promised and not ended by an operator: what must be shown.
  long owedFen() {
    return acknowledged.values().stream()
        .filter(promise -> !ended.contains(promise.orderNo()))
        .mapToLong(Promise::amountFen)
        .sum();
  }

  /// All that was ever promised.
  long promisedFen() {
    return acknowledged.values().stream().mapToLong(Promise::amountFen).sum();
  }

  /// What an operator has ended.
  long endedFen() {
    return promisedFen() - owedFen();
  }

  Set<String> owed() {
    Set<String> numbers = new HashSet<>(acknowledged.keySet());
    numbers.removeAll(ended);
    return numbers;
  }

  // --- the stores

  @Override
  public TokenMap read(WalletKey key) {
    if (!redisUp) {
      return new TokenMap.Unusable(TokenMap.Why.UNREACHABLE);
    }
    return epoch.isEmpty()
        ? new TokenMap.Unusable(TokenMap.Why.NO_EPOCH)
        : new TokenMap.Read(epoch, List.copyOf(redis.values()));
  }

  @Override
  public Ledger.Books read(Question question) {
    return freeze().read(question);
  }

  /// The books as they are now, for ever.
  Ledger freeze() {
    Books now = books;
    return question ->
        new Ledger.Books(
            question.epochId().map(now.settledEpochs()::contains).orElse(false),
            now.handled(question.orderNos()),
            Inbox.EMPTY,
            now.booked(),
            now.waiting(),
            switch (question.wanted()) {
              case Wanted.Sums() -> List.of();
              case Wanted.Flows(Optional<FlowPosition> after, int limit) -> now.flows(after, limit);
            });
  }

  /// The ledger at an instant.
  record Books(Map<String, Stored> orders, Set<String> settledEpochs) {
    List<Booked> booked() {
      long fen = sum(Row.BOOKED);
      return fen == 0 ? List.of() : List.of(new Booked(Purse.CASH, fen, 0, fen));
    }

    List<Waiting> waiting() {
      int count = (int) orders.values().stream().filter(o -> o.row() == Row.PARKED).count();
      return count == 0 ? List.of() : List.of(new Waiting(Purse.CASH, sum(Row.PARKED), count));
    }

    Set<String> handled(Collection<String> orderNos) {
      Set<String> rows = new HashSet<>(orderNos);
      rows.retainAll(orders.keySet());
      return rows;
    }

    List<Flow> flows(Optional<FlowPosition> after, int limit) {
      List<Flow> flows = new ArrayList<>();
      for (Stored order : orders.values()) {
        Promise promise = order.promise();
        FlowPosition at = FlowPosition.ofOrder(promise.acceptedAt(), promise.orderNo());
        if (after.map(at::isAfter).orElse(true)) {
          flows.add(new Flow(at, promise.amountFen(), state(order.row()), promise.title()));
        }
      }
      flows.sort(Comparator.comparing(Flow::position));
      return flows.subList(0, Math.min(limit, flows.size()));
    }

    private static State state(Row row) {
      return switch (row) {
        case BOOKED -> State.DONE;
        case PARKED -> State.PROCESSING;
        case DISCARDED -> State.FAILED;
      };
    }

    private long sum(Row row) {
      return orders.values().stream()
          .filter(order -> order.row() == row)
          .mapToLong(order -> order.promise().amountFen())
          .sum();
    }
  }
}
