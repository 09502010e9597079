package dev.lantern.controlplane.policy;

import java.util.List;
import java.util.Map;

/// What a set of documents holds, and all that is to be said about it. A policy with faults is for
/// looking at, never for pushing.
///
/// @param written each rule's values as they are written, defaults included, by id and path
public record Reading(
    Policy policy, List<Problem> problems, Map<String, Map<String, String>> written) {
  public Reading {
    problems = List.copyOf(problems);
    written = Map.copyOf(written);
  }

  /// What forbids a push; the rest is advice.
  public List<Problem> faults() {
    return problems.stream().filter(problem -> !problem.code().isAdvice()).toList();
  }

  public Reading withProblems(List<Problem> all) {
    return new Reading(policy, all, written);
  }
}
