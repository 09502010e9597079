package dev.lantern.controlplane.audit;

import java.time.Instant;

/// One thing somebody did, or was refused.
///
/// @param number rises with every event; 0 before it is written down
/// @param action a stable name: `policy.apply`, `switch.set`, `level.approve`
/// @param subject what it was done to: `revision 7`, `play.grab.drop`, `L3`
/// @param signed who, by certificate and by their own word, and why
/// @param outcome `done`, `waiting`, or the reason of the refusal
/// @param detail what else people want to read; one line
public record AuditEvent(
    long number,
    Instant at,
    String action,
    String subject,
    Signed signed,
    String outcome,
    String detail) {
  static final int MOST_DETAIL = 1000;
  static final int MOST_SUBJECT = 128;

  public AuditEvent {
    detail = cut(detail, MOST_DETAIL);
    subject = cut(subject, MOST_SUBJECT);
  }

  /// Not written down yet.
  public static AuditEvent of(
      Instant at, String action, String subject, Signed signed, String outcome, String detail) {
    return new AuditEvent(0, at, action, subject, signed, outcome, detail);
  }

  private static String cut(String text, int most) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > most ? line.substring(0, most - 1) + "…" : line;
  }
}
