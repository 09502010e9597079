package dev.lantern.proving.json;

import java.util.Optional;

/// A request of the corpus and what a service behind would answer to it.
///
/// @param name what it tries, unlike any other's: `grab/body/requestId/number`
/// @param difference what is known to differ in it; empty: nothing may
record Case(String name, Asked asked, Script script, Optional<Difference> difference) {
  Case(String name, Asked asked, Script script) {
    this(name, asked, script, Optional.empty());
  }

  Case differing(Difference by) {
    return new Case(name, asked, script, Optional.of(by));
  }
}
