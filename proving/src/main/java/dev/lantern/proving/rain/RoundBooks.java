package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.Facts;
import dev.lantern.proving.laws.StoreFacts.ConflictRow;
import dev.lantern.proving.laws.StoreFacts.OrderRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One round's books. The insiders' round has none: its number is that of everybody's first.
///
/// @param acknowledged order numbers that clients were told were accepted
/// @param lost answers to honest grabs that never came
/// @param refused by reason, what honest grabs were told instead, each try counted
public record RoundBooks(
    long acknowledged,
    long booked,
    long parked,
    long conflicts,
    long lost,
    Map<String, Long> refused) {
  public static final RoundBooks NONE = new RoundBooks(0, 0, 0, 0, 0, Map.of());
  private static final Set<Intent> HONEST =
      Set.of(Intent.FIRST, Intent.AGAIN, Intent.TWIN, Intent.REPEAT, Intent.FIND_OUT);

  static Map<Integer, RoundBooks> of(Facts facts, String insidersScene) {
    var accepted = new HashMap<Integer, Set<String>>();
    var lost = new HashMap<Integer, Long>();
    var refused = new HashMap<Integer, Map<String, Long>>();
    for (ClientEntry entry : facts.log()) {
      int round = entry.rainId();
      if (round > 0 && !entry.sceneId().equals(insidersScene)) {
        switch (entry.told()) {
          case Told.Accepted told ->
              accepted.computeIfAbsent(round, _ -> new HashSet<>()).add(told.orderNo());
          case Told.Refused told when HONEST.contains(entry.intent()) ->
              refused
                  .computeIfAbsent(round, _ -> new TreeMap<>())
                  .merge(told.reason().isEmpty() ? told.code() : told.reason(), 1L, Long::sum);
          case Told.Lost _ when HONEST.contains(entry.intent()) -> lost.merge(round, 1L, Long::sum);
          case Told.Refused _,
              Told.Lost _,
              Told.SessionOpened _,
              Told.WalletShown _,
              Told.FlowsShown _,
              Told.OrderShown _,
              Told.CounterShown _ -> {}
        }
      }
    }
    Map<Integer, Map<String, Long>> rows = rows(facts, insidersScene);
    var books = new TreeMap<Integer, RoundBooks>();
    accepted.forEach((round, numbers) -> {
      Map<String, Long> kept = rows.getOrDefault(round, Map.of());
      books.put(
          round,
          new RoundBooks(
              numbers.size(),
              kept.getOrDefault("booked", 0L),
              kept.getOrDefault("parked", 0L),
              kept.getOrDefault("conflicts", 0L),
              lost.getOrDefault(round, 0L),
              refused.getOrDefault(round, Map.of())));
    });
    return books;
  }

  private static Map<Integer, Map<String, Long>> rows(Facts facts, String insidersScene) {
    var rows = new HashMap<Integer, Map<String, Long>>();
    Map<String, Integer> rounds =
        facts.stores().orders().stream()
            .filter(row -> !row.sceneId().equals(insidersScene))
            .collect(Collectors.toMap(OrderRow::orderNo, OrderRow::rainId));
    for (OrderRow row : facts.stores().orders()) {
      Integer round = rounds.get(row.orderNo());
      if (round != null && (row.booked() || row.waiting())) {
        rows.computeIfAbsent(round, _ -> new HashMap<>())
            .merge(row.booked() ? "booked" : "parked", 1L, Long::sum);
      }
    }
    for (ConflictRow row : facts.stores().conflicts()) {
      Integer round = rounds.get(row.orderNo());
      if (round != null) {
        rows.computeIfAbsent(round, _ -> new HashMap<>()).merge("conflicts", 1L, Long::sum);
      }
    }
    return rows;
  }
}
