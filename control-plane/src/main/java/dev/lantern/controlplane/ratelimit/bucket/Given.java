package dev.lantern.controlplane.ratelimit.bucket;

/// What came of an [Ask].
///
/// @param hits how many of those wanted were taken
/// @param level what is in the bucket after that
public record Given(long hits, long level) {}
