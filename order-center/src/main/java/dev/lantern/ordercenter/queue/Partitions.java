package dev.lantern.ordercenter.queue;

/// Which partition of the accept log a user's records go to: a fixed function of act_id, computed
/// by our own code, so that a client library's default can never scatter a user.
///
/// The hash is the one token buckets use (the upper half of a Fibonacci product), less the bits
/// that pick the bucket: bucket and partition are independent.
public final class Partitions {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int BUCKET_BITS = 6;

  private Partitions() {}

  public static int of(long actId, int partitions) {
    return (int) Math.floorMod(((actId * GOLDEN) >>> 32) >>> BUCKET_BITS, (long) partitions);
  }
}
