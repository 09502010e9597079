package dev.lantern.runtime.server;

import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The bounds of each call and of all together; see [ServerConfig].
///
/// @param maxMessageBytes the largest request of a method that takes no document
/// @param documents the methods that do, by full name
public record CallLimits(
    int maxMessageBytes,
    Duration defaultDeadline,
    Duration maxDeadline,
    int maxConcurrentCalls,
    Map<String, Documents> documents) {

  /// What a method that takes documents may be sent: `maxBytes` in its `field`, and as much beside
  /// it as any other method may be sent in all.
  public record Documents(String field, int maxBytes) {}

  public CallLimits {
    documents = Map.copyOf(documents);
  }

  /// Limits of methods none of which takes a document.
  public CallLimits(
      int maxMessageBytes, Duration defaultDeadline, Duration maxDeadline, int maxConcurrentCalls) {
    this(maxMessageBytes, defaultDeadline, maxDeadline, maxConcurrentCalls, Map.of());
  }

  /// The product's defaults.
  public static CallLimits defaults() {
    return new CallLimits(65_536, Duration.ofSeconds(1), Duration.ofSeconds(10), 2000);
  }

  /// The same, with a method that takes documents.
  public CallLimits withDocuments(MethodDescriptor<?, ?> method, String field, int maxBytes) {
    var more = new HashMap<>(documents);
    more.put(method.getFullMethodName(), new Documents(field, maxBytes));
    return new CallLimits(maxMessageBytes, defaultDeadline, maxDeadline, maxConcurrentCalls, more);
  }

  /// What the method takes as documents, if it takes any.
  Optional<Documents> documentsOf(String fullMethodName) {
    return Optional.ofNullable(documents.get(fullMethodName));
  }

  /// The largest request of a method.
  int bytesOf(String fullMethodName) {
    return maxMessageBytes + documentsOf(fullMethodName).map(Documents::maxBytes).orElse(0);
  }

  /// The largest request of any method.
  int largest() {
    return maxMessageBytes
        + documents.values().stream().mapToInt(Documents::maxBytes).max().orElse(0);
  }
}
