package dev.lantern.tokenservice.log;

import dev.lantern.stores.sql.OutcomeUnknownException;
import dev.lantern.stores.sql.StoreUnavailableException;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.tokenservice.keys.KeyLane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The log in memory, with the troubles that the real one has.
public final class MemoryRootStore implements RootStore {
  /// What becomes of an append.
  public enum Trouble {
    NONE,
    /// Nothing happens, and that is told.
    DOWN,
    /// It happens; the reply is lost.
    REPLY_LOST,
    /// It does not happen; the reply is lost.
    CALL_LOST
  }

  private final Map<KeyLane, TreeMap<String, List<SignedRoot>>> chains = new HashMap<>();
  private Trouble trouble = Trouble.NONE;
  private int appends;

  /// What becomes of the next append.
  public synchronized void next(Trouble what) {
    trouble = what;
  }

  public synchronized int appends() {
    return appends;
  }

  @Override
  public synchronized Optional<SignedRoot> head(String chain) {
    return chains.values().stream()
        .flatMap(lane -> lane.getOrDefault(chain, List.of()).stream())
        .reduce((_, last) -> last);
  }

  @Override
  public synchronized boolean append(KeyLane lane, List<SignedRoot> rows) {
    Trouble now = trouble;
    trouble = Trouble.NONE;
    return switch (now) {
      case NONE -> isPut(lane, rows);
      case DOWN -> throw new StoreUnavailableException("down", null);
      case REPLY_LOST -> {
        var _ = isPut(lane, rows);
        throw new OutcomeUnknownException("lost", new StoreUnavailableException("lost", null));
      }
      case CALL_LOST ->
          throw new OutcomeUnknownException("lost", new StoreUnavailableException("lost", null));
    };
  }

  private boolean isPut(KeyLane lane, List<SignedRoot> rows) {
    List<SignedRoot> chain =
        chains
            .computeIfAbsent(lane, _ -> new TreeMap<>())
            .computeIfAbsent(rows.getFirst().getChain(), _ -> new ArrayList<>());
    if (rows.getFirst().getSequence() <= chain.size()) {
      return false;
    }
    chain.addAll(rows);
    appends++;
    return true;
  }

  @Override
  public synchronized Set<Root> held(KeyLane lane, Collection<Root> roots) {
    Set<Root> held = new HashSet<>(roots);
    held.retainAll(
        rows(lane).stream().map(row -> new Root(row.getKeyId(), row.getRoot())).toList());
    return held;
  }

  @Override
  public synchronized List<SignedRoot> after(KeyLane lane, Place place, int most) {
    return rows(lane).stream()
        .filter(row -> {
          int order = row.getChain().compareTo(place.chain());
          return order > 0 || (order == 0 && row.getSequence() > place.sequence());
        })
        .limit(most)
        .toList();
  }

  @Override
  public synchronized long signed(KeyLane lane) {
    return rows(lane).stream().mapToLong(SignedRoot::getSize).sum();
  }

  @Override
  public synchronized Optional<Instant> begin(KeyLane lane) {
    return rows(lane).stream()
        .map(row ->
            Instant.ofEpochSecond(row.getSignTime().getSeconds(), row.getSignTime().getNanos()))
        .min(Instant::compareTo);
  }

  private List<SignedRoot> rows(KeyLane lane) {
    return chains.getOrDefault(lane, new TreeMap<>()).values().stream()
        .flatMap(List::stream)
        .toList();
  }
}
