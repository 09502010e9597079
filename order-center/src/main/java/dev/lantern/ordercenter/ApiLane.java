package dev.lantern.ordercenter;

import dev.lantern.runtime.server.LaneRouter;
import io.grpc.BindableService;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What serves one lane in the role `api`: the same for both, on stores of its own.
///
/// @param warm what its calls need, each asked without an effect
/// @param open closed with it, last first
record ApiLane(
    List<BindableService> services,
    Map<String, Runnable> warm,
    WeakWiring weak,
    LaneRouter.Side side,
    List<AutoCloseable> open)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiLane.class);

  ApiLane(
      List<BindableService> services,
      Map<String, Runnable> warm,
      WeakWiring weak,
      List<AutoCloseable> open) {
    this(List.copyOf(services), Map.copyOf(warm), weak, LaneRouter.Side.of(services), open);
  }

  @Override
  public void close() {
    for (AutoCloseable one : open.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        LOG.warn("closing {}", one, e);
      }
    }
  }
}
