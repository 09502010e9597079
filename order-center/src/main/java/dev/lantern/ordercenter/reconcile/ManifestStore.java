package dev.lantern.ordercenter.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Manifests and what they tell beside the books.
public interface ManifestStore {
  /// Keeps a manifest with its rows; the same request id again gets the first, if it told the same.
  Manifest.Submitted submit(Manifest.Draft draft, List<Manifest.Line> lines, Instant now);

  Optional<Manifest> find(long id);

  /// Manifests whose next comparison is due, the oldest first.
  List<Manifest> due(Instant now, int limit);

  /// Whether no newer one of its scope and source is there.
  boolean isNewest(Manifest manifest);

  /// The rows after `after` that differ from the books, among the next `atMost`.
  Page told(Manifest manifest, String after, int atMost);

  /// Orders in the manifest's scope that it does not tell, among about the next `atMost`.
  ///
  /// @param after empty at first, then what the page before said
  /// @param now nothing booked later is looked at
  Page untold(Manifest manifest, String after, int atMost, Instant now);

  /// It has been compared; without `next` never again by itself.
  void compared(Leadership mine, Manifest manifest, Optional<Instant> next);

  /// A stretch of a manifest.
  ///
  /// @param next where to go on; empty when it is at its end
  record Page(List<Found> found, Optional<String> next) {}
}
