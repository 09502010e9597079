package dev.lantern.controlplane.policy;

/// One named text of the policy, as an SRE wrote it.
///
/// @param since the revision in which it last changed; 0 before it is stored
public record Document(String name, String yaml, long since) {}
