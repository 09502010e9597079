package dev.lantern.simulation.queue;

import dev.lantern.ordercenter.queue.LogUnavailableException;
import dev.lantern.ordercenter.settle.LogReader;
import dev.lantern.ordercenter.settle.PartitionId;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.Dice;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// [LogReader] as a consumer keeps it: positions here, records by fetches over the wire.
public final class SimLogReader implements LogReader {
  private static final List<Integer> AT_ONCE = List.of(1, 2, 5, 40);
  private static final Comparator<PartitionId> ORDER =
      Comparator.<PartitionId, String>comparing(id -> id.log().topic())
          .thenComparingInt(PartitionId::partition);

  private final Fetches fetches;
  private final Baton baton;
  private final int most;
  private final Set<PartitionId> assigned = new HashSet<>();
  private final TreeMap<PartitionId, Long> positions = new TreeMap<>(ORDER);

  public SimLogReader(Fetches fetches, Baton baton, Dice dice) {
    this.fetches = fetches;
    this.baton = baton;
    this.most = dice.oneOf(AT_ONCE);
  }

  @Override
  public void assign(Set<PartitionId> partitions) {
    assigned.clear();
    assigned.addAll(partitions);
    positions.keySet().retainAll(assigned);
  }

  @Override
  public void seek(PartitionId partition, long offset) {
    positions.put(partition, offset);
  }

  @Override
  public void pause(PartitionId partition) {
    positions.remove(partition);
  }

  @Override
  public Fetched poll(Duration patience) {
    if (positions.isEmpty()) {
      baton.sleep(patience);
      return Fetched.NOTHING;
    }
    try {
      Fetched fetched = fetches.read(new TreeMap<>(positions), most);
      if (fetched.records().isEmpty()) {
        baton.sleep(patience);
      }
      fetched
          .records()
          .forEach((id, records) -> positions.merge(id, (long) records.size(), Long::sum));
      return fetched;
    } catch (LogUnavailableException broker) {
      // A consumer goes on asking by itself and hands out nothing meanwhile.
      baton.sleep(patience);
      return Fetched.NOTHING;
    }
  }

  @Override
  public OptionalLong remaining(PartitionId partition) {
    return OptionalLong.empty();
  }

  @Override
  public void wakeUp() {
    // Nobody waits in a poll while another actor runs.
  }

  @Override
  public void close() {
    assigned.clear();
    positions.clear();
  }
}
