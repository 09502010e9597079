package dev.lantern.tokenservice.control;

import dev.lantern.sdk.token.KeySet.Epoch;
import dev.lantern.tokenservice.keys.KeyLane;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decisions in memory; those of one store may be shared by several instances.
public final class MemoryDecisionStore implements DecisionStore {
  private final Set<String> keys = new HashSet<>();
  private final Map<String, Epoch> epochs = new LinkedHashMap<>();
  private final Set<KeyLane> halted = new HashSet<>();

  @Override
  public synchronized Decisions all() {
    return new Decisions(keys, List.copyOf(epochs.values()), halted);
  }

  @Override
  public synchronized void revokeKey(String keyId, Decision decision) {
    keys.add(keyId);
  }

  @Override
  public synchronized Optional<Epoch> epoch(String requestId) {
    return Optional.ofNullable(epochs.get(requestId));
  }

  @Override
  public synchronized Epoch revokeEpoch(Epoch epoch, Decision decision) {
    Epoch before = epochs.putIfAbsent(decision.requestId(), epoch);
    return before == null ? epoch : before;
  }

  @Override
  public synchronized boolean setHalted(KeyLane lane, boolean now, Decision decision) {
    boolean was = halted.contains(lane);
    var _ = now ? halted.add(lane) : halted.remove(lane);
    return was;
  }
}
