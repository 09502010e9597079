package dev.lantern.counterservice.replica;

import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.Level;
import dev.lantern.counterservice.counter.Pace;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisRefusedException;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.redis.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Counters in a Redis. A name is enrolled before its first slot is written: whoever finds slots
/// finds the name, too, and repair misses nothing.
public final class RedisReplica implements CounterReplica {

  private static final int RUN_ID_LANE = 1;
  private static final int STRESS = 2;

  /// What nobody clears of trials.
  private static final long TRIALS_LAST_MILLIS = Duration.ofHours(24).toMillis();

  private final Redis redis;

  public RedisReplica(Redis redis) {
    this.redis = redis;
  }

  @Override
  public List<Taken> raise(List<SlotTotal> totals, Limits limits) {
    return asking(() -> {
      Set<CounterKey> refused = enrol(totals, limits.counters());
      List<SlotTotal> allowed =
          totals.stream().filter(total -> !refused.contains(total.counter())).toList();
      var taken = pipelined(allowed, total -> raise(total, limits.slots())).iterator();
      List<Taken> answers = new ArrayList<>(totals.size());
      for (SlotTotal total : totals) {
        answers.add(
            refused.contains(total.counter())
                ? Taken.TOO_MANY_COUNTERS
                : taken(taken.next().getString(0)));
      }
      return answers;
    });
  }

  @Override
  public Map<CounterKey, Level> levels(List<CounterKey> counters) {
    return asking(() -> {
      var replies =
          pipelined(
              counters,
              key ->
                  Call.of(
                      CounterScripts.LEVEL,
                      List.of(CounterScripts.sumKey(key), CounterScripts.paceKey(key))));
      Map<CounterKey, Level> levels = new HashMap<>();
      for (int i = 0; i < counters.size(); i++) {
        if (!replies.get(i).isNull(0)) {
          levels.put(counters.get(i), level(replies.get(i)));
        }
      }
      return levels;
    });
  }

  @Override
  public Choice choice(Choice offered) {
    return asking(() -> {
      Reply held =
          redis.eval(
              CounterScripts.CHOICE,
              CounterScripts.CHOICE_KEY,
              Call.arg(offered.revision()),
              Call.arg(offered.kind().name()),
              Call.arg(offered.said()));
      return new Choice(held.getLong(0), Choice.Kind.valueOf(held.getString(1)), held.getString(2));
    });
  }

  @Override
  public Set<CounterKey> counters(int lane) {
    return asking(() -> {
      Set<CounterKey> counters = new HashSet<>();
      Reply names = redis.eval(CounterScripts.NAMES, CounterScripts.namesKey(lane)).getReply(0);
      for (int i = 0; i < names.size(); i++) {
        counters.add(new CounterKey(lane, names.getString(i)));
      }
      return counters;
    });
  }

  /// Names last: whoever finds keys left over finds their names, too.
  @Override
  public void clear(int lane) {
    asking(() -> {
      var _ =
          pipelined(
              List.copyOf(counters(lane)),
              key -> new Call(CounterScripts.REMOVE, CounterScripts.keys(key), List.of()));
      return redis.eval(CounterScripts.REMOVE, CounterScripts.namesKey(lane));
    });
  }

  @Override
  public Map<CounterKey, Map<String, Long>> slots(List<CounterKey> counters) {
    return asking(() -> {
      var replies =
          pipelined(counters, key -> Call.of(CounterScripts.SLOTS, CounterScripts.slotsKey(key)));
      Map<CounterKey, Map<String, Long>> slots = new HashMap<>();
      for (int i = 0; i < counters.size(); i++) {
        Map<String, Long> found = slots(replies.get(i).getReply(0));
        if (!found.isEmpty()) {
          slots.put(counters.get(i), found);
        }
      }
      return slots;
    });
  }

  @Override
  public String runId() {
    return asking(
        () -> redis.eval(CounterScripts.RUN_ID, CounterScripts.namesKey(RUN_ID_LANE)).getString(0));
  }

  private Set<CounterKey> enrol(List<SlotTotal> totals, int limit) {
    Map<Integer, Set<String>> byLane =
        totals.stream()
            .map(SlotTotal::counter)
            .collect(
                Collectors.groupingBy(
                    CounterKey::lane, Collectors.mapping(CounterKey::name, Collectors.toSet())));
    Set<CounterKey> refused = new HashSet<>();
    byLane.forEach((lane, names) -> {
      List<byte[]> args = new ArrayList<>();
      args.add(Call.arg(limit));
      names.forEach(name -> args.add(Call.arg(name)));
      Reply reply =
          redis
              .eval(new Call(CounterScripts.ENROL, List.of(CounterScripts.namesKey(lane)), args))
              .getReply(0);
      for (int i = 0; i < reply.size(); i++) {
        refused.add(new CounterKey(lane, reply.getString(i)));
      }
      if (lane == STRESS) {
        var _ =
            redis.eval(
                CounterScripts.LAST, CounterScripts.namesKey(lane), Call.arg(TRIALS_LAST_MILLIS));
      }
    });
    return refused;
  }

  private static Call raise(SlotTotal total, int limit) {
    return Call.of(
        CounterScripts.RAISE,
        CounterScripts.keys(total.counter()),
        Call.arg(total.slot()),
        Call.arg(total.total()),
        Call.arg(limit),
        Call.arg(total.counter().lane() == STRESS ? TRIALS_LAST_MILLIS : 0),
        Call.arg(total.sampledMicros()));
  }

  private static Level level(Reply reply) {
    return new Level(
        reply.getLong(0), new Pace(number(reply, 1), number(reply, 2), number(reply, 3)));
  }

  private static double number(Reply reply, int i) {
    return Double.parseDouble(reply.getString(i));
  }

  private static Taken taken(String answer) {
    return switch (answer) {
      case "OK" -> Taken.YES;
      case "FULL" -> Taken.TOO_MANY_SLOTS;
      case "OVERFLOW" -> Taken.OVERFLOW;
      default -> throw new IllegalStateException("the script said " + answer);
    };
  }

  private static Map<String, Long> slots(Reply flat) {
    Map<String, Long> slots = new LinkedHashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      slots.put(flat.getString(i), flat.getLong(i + 1));
    }
    return slots;
  }

  private <T> List<Reply> pipelined(List<T> items, Function<T, Call> call) {
    List<Reply> replies = new ArrayList<>(items.size());
    for (int from = 0; from < items.size(); from += Redis.MAX_BATCH) {
      List<T> page = items.subList(from, Math.min(items.size(), from + Redis.MAX_BATCH));
      replies.addAll(redis.evalAll(page.stream().map(call).toList()));
    }
    return replies;
  }

  private static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (RedisUnavailableException | RedisRefusedException e) {
      throw new ReplicaUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }
}
