package dev.lantern.ordercenter.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.lane.Opening.State;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.runtime.errors.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LaneKeeperTest {
  private final MemoryLaneTable table = new MemoryLaneTable();
  private final List<Long> opened = new ArrayList<>();
  private final List<Long> closed = new ArrayList<>();
  private final List<Traces.Trace> traces = new ArrayList<>();
  private final LaneKeeper<Graph> keeper =
      new LaneKeeper<>(table, "api-1", this::graph, new MemoryTraces());
  private final LaneDesk desk = new LaneDesk(table, new MemoryTraces());

  /// What would serve the lane.
  private record Graph(Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  private final class MemoryTraces implements Traces {
    @Override
    public List<Trace> count() {
      return List.copyOf(traces);
    }

    @Override
    public void delete() {
      traces.clear();
    }
  }

  private Graph graph(long opening) {
    opened.add(opening);
    return new Graph(() -> closed.add(opening));
  }

  @Test
  void lane_thatNeverOpened_isNotServed() {
    keeper.tick();
    assertThat(keeper.current()).isEmpty();
    assertThat(opened).isEmpty();
  }

  @Test
  void lane_thatOpens_isServedOnceUntilItCloses() {
    table.set(State.OPEN, false);
    keeper.tick();
    keeper.tick();
    assertThat(keeper.current()).isPresent();
    assertThat(opened).containsExactly(1L);
    assertThat(table.instances().getFirst().serving()).isTrue();

    table.set(State.CLOSED, false);
    keeper.tick();
    assertThat(keeper.current()).isEmpty();
    assertThat(closed).containsExactly(1L);
    assertThat(table.instances().getFirst().serving()).isFalse();
  }

  @Test
  void instance_thatMissedAWholeOpening_servesTheNextOneAfresh() {
    table.set(State.OPEN, false);
    keeper.tick();
    table.set(State.OPEN, false);
    keeper.tick();
    assertThat(closed).containsExactly(1L);
    assertThat(opened).containsExactly(1L, 2L);
  }

  @Test
  void lane_whoseTimeIsOver_isClosedAndCleanedByItself() {
    table.set(State.OPEN, false);
    keeper.tick();
    traces.add(new Traces.Trace("rows", "orders", 3));
    table.opening =
        new Opening(1, State.OPEN, table.opening.openedAt(), table.opening.expiresAt(), true);
    keeper.tick();
    keeper.tick();
    assertThat(closed).containsExactly(1L);
    assertThat(traces).isEmpty();
    assertThat(table.opening.state()).isEqualTo(State.CLEAN);
  }

  @Test
  void clean_whileOpenOrServed_isRefusedAndDeletesNothing() {
    traces.add(new Traces.Trace("rows", "orders", 3));
    table.set(State.OPEN, false);
    keeper.tick();
    assertThat(refusalOfCleaning()).isEqualTo(Reason.REASON_WRONG_STATE);
    table.set(State.CLOSED, false);
    assertThat(refusalOfCleaning()).isEqualTo(Reason.REASON_WRONG_STATE);
    assertThat(traces).hasSize(1);

    keeper.tick();
    LaneDesk.Cleaned cleaned = desk.clean(request());
    assertThat(cleaned.before()).hasSize(1);
    assertThat(cleaned.after()).isEmpty();
    assertThat(desk.clean(request()).before()).isEmpty();
    assertThat(table.opening.state()).isEqualTo(State.CLEAN);
  }

  @Test
  void open_ofALaneThatIsNotClean_isRefused() {
    table.set(State.CLOSED, false);
    var refused =
        catchThrowableOfType(Refused.class, () -> desk.open(request(), Duration.ofHours(1)));
    assertThat(refused.reason()).isEqualTo(Reason.REASON_WRONG_STATE);
  }

  private Reason refusalOfCleaning() {
    return catchThrowableOfType(Refused.class, () -> desk.clean(request())).reason();
  }

  private static OperatorRequest request() {
    return new OperatorRequest("r", "stress.clean", "stress", ByteString.EMPTY, "test", "a test");
  }
}
