package dev.lantern.controlplane.policy;

/// Where a rule was written, so that a refusal anywhere can be shown at the line that caused it.
///
/// @param document the document's name
/// @param line 1-based line of the rule's `kind`
/// @param revision the policy revision in which this document last changed; 0 before it is stored
public record Origin(String document, int line, long revision) {}
