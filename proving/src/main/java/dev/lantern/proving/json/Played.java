package dev.lantern.proving.json;

import java.util.Optional;

/// A case and what came of it at both.
///
/// @param recorded what our edge did with it when somebody last looked, if it is known to differ
record Played(Case one, Outcome ours, Outcome theirs, Optional<Outcome> recorded) {}
