package dev.lantern.simulation.counting;

import dev.lantern.counter.v1.GetRequest;
import dev.lantern.counter.v1.GetResponse;
import dev.lantern.sdk.counter.CounterReader;
import dev.lantern.simulation.kernel.Life;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// A process that reads counters, of whichever instance answers: with the SDK's reader, whose
/// copies are looked at all the time, and by calls of its own that say what was seen last.
final class ReaderProcess extends CountProcess {
  private static final Duration LEAST = Duration.ofMillis(30);
  private static final Duration MOST = Duration.ofMillis(900);

  private final ClientParts parts;
  private final CounterReader sdk;
  private final Map<String, CounterReader.Counter> copies = new LinkedHashMap<>();
  private final Map<String, Long> last = new LinkedHashMap<>();

  ReaderProcess(CountWorld world, Life life) {
    super(world, life);
    this.parts = world.clientParts(life);
    this.sdk = new CounterReader(this::answer, this::monotonic);
    for (String counter : CountLaw.COUNTERS) {
      copies.put(counter, sdk.counter(counter));
    }
  }

  @Override
  void start() {
    every(CountPlan.ASK, "polls", sdk::poll);
    begin("looks", this::look);
    begin("asks", this::ask);
  }

  /// Whether its copy says this at least.
  boolean tells(String counter, long value) {
    CounterReader.Counter copy = copies.get(counter);
    return copy != null && copy.value() >= value;
  }

  private void look() {
    while (true) {
      world.baton.sleep(world.dice.wait(LEAST, MOST));
      copies.forEach((counter, copy) ->
          world.law.told(life.name() + "/copy", counter, copy.value(), copy.shown()));
    }
  }

  private void ask() {
    while (true) {
      world.baton.sleep(world.dice.wait(LEAST, MOST));
      String counter = world.dice.oneOf(CountLaw.COUNTERS);
      attempt("asks", () -> ask(counter));
    }
  }

  private void ask(String counter) {
    long seen = last.getOrDefault(counter, 0L);
    GetResponse response =
        answer(GetRequest.newBuilder().setName(counter).setAtLeast(seen).build());
    last.put(counter, response.getValue());
    world.law.told(
        life.name() + "/call", counter, response.getValue(), Math.max(seen, response.getValue()));
  }

  /// An answer as it comes.
  private GetResponse answer(GetRequest request) {
    try {
      GetResponse response = parts.calls.get(request);
      if (response.getValue() < request.getAtLeast()) {
        world.law.broken(
            "%s asks for %s of %d at least and is told %d"
                .formatted(
                    life.name(), request.getName(), request.getAtLeast(), response.getValue()));
      }
      return response;
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() == Status.Code.NOT_FOUND && request.getAtLeast() > 0) {
        world.law.missing(life.name(), request.getName(), request.getAtLeast());
      }
      throw refused;
    }
  }
}
