package dev.lantern.controlplane.ratelimit.decide;

/// Who is told later, once, on a thread that must not be held up.
@FunctionalInterface
public interface Waiter {
  void decided(Verdict verdict);
}
