package dev.lantern.simulation.token;

import dev.lantern.token.v1.SignedRoot;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.log.RootStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The table `signed_roots` of one lane: a place of a chain is whose insert comes first.
public final class RootTable implements RootStore {
  private final Map<String, TreeMap<Long, SignedRoot>> chains = new TreeMap<>();
  private final Set<Root> roots = new HashSet<>();
  private long tokens;

  @Override
  public Optional<SignedRoot> head(String chain) {
    return Optional.ofNullable(chains.get(chain)).map(rows -> rows.lastEntry().getValue());
  }

  @Override
  public boolean append(KeyLane lane, List<SignedRoot> rows) {
    TreeMap<Long, SignedRoot> chain =
        chains.computeIfAbsent(rows.getFirst().getChain(), _ -> new TreeMap<>());
    if (rows.stream().anyMatch(row -> chain.containsKey(row.getSequence()))) {
      return false;
    }
    for (SignedRoot row : rows) {
      chain.put(row.getSequence(), row);
      roots.add(new Root(row.getKeyId(), row.getRoot()));
      tokens += row.getSize();
    }
    return true;
  }

  @Override
  public Set<Root> held(KeyLane lane, Collection<Root> some) {
    Set<Root> held = new HashSet<>(some);
    held.retainAll(roots);
    return held;
  }

  @Override
  public List<SignedRoot> after(KeyLane lane, Place place, int most) {
    throw new IllegalStateException("nobody pages through the log here");
  }

  @Override
  public long signed(KeyLane lane) {
    return tokens;
  }

  @Override
  public Optional<Instant> begin(KeyLane lane) {
    throw new IllegalStateException("nobody asks here since when there is a log");
  }

  /// Whether this root was committed.
  public boolean holds(Root root) {
    return roots.contains(root);
  }

  /// How many tokens can exist.
  public long tokens() {
    return tokens;
  }

  /// Every chain's rows, in their order.
  public Collection<List<SignedRoot>> chains() {
    return chains.values().stream().map(rows -> List.copyOf(rows.values())).toList();
  }
}
