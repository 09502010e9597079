package dev.lantern.controlplane.ratelimit.serve;

import com.google.protobuf.UInt64Value;
import com.google.protobuf.UnknownFieldSet;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;

/// Descriptors as the gateways write them.
final class Descriptors {
  private static final int NEGATIVE = 4;

  private Descriptors() {}

  static RateLimitDescriptor rule(String id) {
    return entry("rule", id).build();
  }

  static RateLimitDescriptor user(String id, String user) {
    return entry("rule", id)
        .addEntries(RateLimitDescriptor.Entry.newBuilder().setKey("user").setValue(user))
        .build();
  }

  static RateLimitDescriptor hits(RateLimitDescriptor descriptor, long hits) {
    return descriptor.toBuilder().setHitsAddend(UInt64Value.of(hits)).build();
  }

  /// So many given back.
  static RateLimitDescriptor back(RateLimitDescriptor descriptor, long hits) {
    var negative = UnknownFieldSet.Field.newBuilder().addVarint(1).build();
    return hits(descriptor, hits).toBuilder()
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(NEGATIVE, negative).build())
        .build();
  }

  private static RateLimitDescriptor.Builder entry(String key, String value) {
    return RateLimitDescriptor.newBuilder()
        .addEntries(RateLimitDescriptor.Entry.newBuilder().setKey(key).setValue(value));
  }
}
