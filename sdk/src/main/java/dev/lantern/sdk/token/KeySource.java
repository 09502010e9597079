package dev.lantern.sdk.token;

/// Where a verifier has its keys from.
@FunctionalInterface
public interface KeySource {
  /// The keys of now, asked for again before if this one is not among them and that may be done.
  /// Never throws for keys that cannot be had: then the last known ones stand.
  KeySet with(String keyId);
}
