package dev.lantern.counterservice.replica;

import dev.lantern.counterservice.counter.Source;
import java.util.List;

/// The two of them.
public record Replicas(WatchedReplica a, WatchedReplica b) {

  public Replicas {
    if (a.source() != Source.A || b.source() != Source.B) {
      throw new IllegalArgumentException("A is first, B second");
    }
  }

  public WatchedReplica at(Source source) {
    return source == Source.A ? a : b;
  }

  public List<WatchedReplica> both() {
    return List.of(a, b);
  }
}
