package dev.lantern.controlplane.ratelimit.bucket;

/// What one key's count is asked for.
///
/// @param key names the count in the store; the rule's id and the callers' values are in it
/// @param want how many hits are wanted; as many of them are given as fit
/// @param least nothing is taken when fewer than these fit
/// @param back how many hits are given back, before anything is taken
public record Ask(String key, Meter meter, long want, long least, long back) {
  public Ask {
    if (want < 0 || back < 0 || least < 0 || least > want) {
      throw new IllegalArgumentException("hits are counted, not owed");
    }
  }
}
