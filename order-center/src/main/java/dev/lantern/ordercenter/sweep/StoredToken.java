package dev.lantern.ordercenter.sweep;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.settle.Promise;

/// A token as it lies in Redis.
///
/// @param bytes exactly what is stored: what its removal is conditional on
public record StoredToken(Promise promise, ByteString bytes) {}
