package dev.lantern.tokenservice.signing;

import java.util.ArrayList;
import java.util.List;

/// The engine in use, and why the ones preferred to it are not.
///
/// @param passedOver one line for each engine tried before it
public record EngineChoice(Ed25519Engine engine, List<String> passedOver) {

  /// A way to get an engine, which may fail on this machine.
  @FunctionalInterface
  interface Candidate {
    Ed25519Engine load() throws EngineUnusableException;
  }

  /// The first of these that loads and passes the self-test.
  ///
  /// @throws IllegalStateException when none does, with every reason
  public static EngineChoice of(List<EngineKind> preferred) {
    return among(preferred.stream().<Candidate>map(kind -> kind::load).toList());
  }

  static EngineChoice among(List<Candidate> candidates) {
    List<String> passedOver = new ArrayList<>();
    for (Candidate candidate : candidates) {
      try {
        Ed25519Engine engine = candidate.load();
        SelfTest.run(engine);
        return new EngineChoice(engine, List.copyOf(passedOver));
      } catch (EngineUnusableException e) {
        passedOver.add(String.valueOf(e.getMessage()));
      }
    }
    throw new IllegalStateException("no Ed25519 provider is usable: " + passedOver);
  }
}
