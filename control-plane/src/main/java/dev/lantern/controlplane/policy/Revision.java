package dev.lantern.controlplane.policy;

import java.time.Instant;
import java.util.List;

/// One revision of the policy with all its documents.
public record Revision(
    long number, String etag, String author, String reason, Instant at, List<Document> documents) {
  public Revision {
    documents = List.copyOf(documents);
  }

  /// What there is before anything was applied.
  public static Revision none() {
    return new Revision(0, "", "", "", Instant.EPOCH, List.of());
  }
}
