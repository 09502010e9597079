package dev.lantern.proving.measure;

import dev.lantern.bench.TokenAttack;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/// Presents tokens that nobody signed; needs no stack.
public final class TokenAttacks {
  private TokenAttacks() {}

  /// What came of it.
  ///
  /// @param refused how many of each kind were refused for which reason
  /// @param samples some that were not as they should be, in hex
  public record Report(
      long presented,
      long accepted,
      long crashed,
      long goodPresented,
      long goodRefused,
      Map<String, Map<String, Long>> refused,
      List<String> samples,
      boolean held) {}

  /// Presents so many mutants, that follow from the seed.
  public static Report run(long mutants, long seed, SecureRandom keys) {
    TokenAttack.Result found = TokenAttack.run(mutants, seed, keys);
    return new Report(
        found.presented(),
        found.accepted(),
        found.crashed(),
        found.goodPresented(),
        found.goodRefused(),
        found.refused(),
        found.samples(),
        found.held());
  }
}
