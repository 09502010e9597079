package dev.lantern.ordercenter.lane;

import dev.lantern.ordercenter.lane.Opening.State;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lane's rows in memory; its time is over when a test says so.
final class MemoryLaneTable implements LaneTable {
  private static final Instant SOME_TIME = Instant.parse("2027-01-01T12:00:00Z");

  final Map<String, Instance> instances = new HashMap<>();
  Opening opening = Opening.NONE;

  void set(State state, boolean overdue) {
    long number = state == State.OPEN ? opening.number() + 1 : opening.number();
    opening = new Opening(number, state, Optional.of(SOME_TIME), Optional.of(SOME_TIME), overdue);
  }

  @Override
  public Opening read() {
    return opening;
  }

  @Override
  public Answer open(OperatorRequest request, Duration openFor) {
    if (opening.state() != State.CLEAN) {
      throw new LaneState("not clean");
    }
    set(State.OPEN, false);
    return new Answer.Done(opening.number(), 0, false);
  }

  @Override
  public Answer close(OperatorRequest request) {
    if (opening.state() == State.OPEN) {
      set(State.CLOSED, false);
    }
    return new Answer.Done(1, 0, false);
  }

  @Override
  public void closeOverdue() {
    set(State.CLOSED, true);
  }

  @Override
  public void cleaned(long number) {
    if (opening.state() == State.CLOSED && opening.number() == number) {
      set(State.CLEAN, false);
    }
  }

  @Override
  public Answer noteCleaning(OperatorRequest request) {
    return new Answer.Done(0, 0, false);
  }

  @Override
  public void report(String instance, long number, boolean serving) {
    instances.put(instance, new Instance(instance, number, serving, SOME_TIME));
  }

  @Override
  public List<Instance> instances() {
    return new ArrayList<>(instances.values());
  }
}
