package dev.lantern.controlplane.policy;

import java.util.List;

/// What a set of documents holds, and all that is wrong with it. A policy with problems is for
/// looking at, never for pushing.
public record Reading(Policy policy, List<Problem> problems) {
  public Reading {
    problems = List.copyOf(problems);
  }
}
