package dev.lantern.ordercenter.budget;

/// Where flows get the time from: the machine's clocks in a service, a hand-set one in tests and in
/// the simulation.
@FunctionalInterface
public interface Clock {
  Moment now();
}
