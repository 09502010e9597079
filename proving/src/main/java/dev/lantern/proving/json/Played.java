package dev.lantern.proving.json;

/// A case and what came of it at both.
record Played(Case one, Outcome ours, Outcome theirs) {}
