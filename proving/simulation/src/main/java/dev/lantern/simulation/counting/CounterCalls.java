package dev.lantern.simulation.counting;

import dev.lantern.counter.v1.GetRequest;
import dev.lantern.counter.v1.GetResponse;
import dev.lantern.counter.v1.WriterTotal;
import dev.lantern.counterservice.counter.Choice;
import java.util.List;

/// What counter-service is asked over the network; a refusal is an
/// [io.grpc.StatusRuntimeException].
public interface CounterCalls {
  /// How many Redis have taken all of it.
  int add(List<WriterTotal> totals);

  GetResponse get(GetRequest request);

  /// How many Redis keep that choice or a newer one.
  int choose(Choice.Kind kind);
}
