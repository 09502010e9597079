package dev.lantern.ordercenter.grant;

/// A vendor, as its contract has it. Every call ends within the configured timeout, and never
/// throws: whatever goes wrong is an [Answer.Unknown].
public interface Downstream {
  /// Asks for the thing. Harmless when repeated under the same id.
  Answer grant(DueGrant grant);

  /// Asks what became of it.
  Answer ask(GrantId id);
}
