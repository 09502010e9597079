package dev.lantern.proving.tokens;

import dev.lantern.sdk.token.RootLink;
import dev.lantern.token.v1.SignedRoot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the log says, row by row.
final class LogWalk {
  private static final int MOST_SAMPLES = 5;

  private final Map<Long, Integer> signings = new HashMap<>();
  private final Set<String> chains = new HashSet<>();
  private final List<String> samples = new ArrayList<>();
  private SignedRoot before = SignedRoot.getDefaultInstance();
  private long roots;
  private long signed;
  private long broken;

  /// The next row; chain by chain, in their order.
  void take(SignedRoot row) {
    boolean first = chains.add(row.getChain());
    boolean follows =
        first
            ? row.getSequence() == 1
                && row.getTotal() == row.getSize()
                && row.getPreviousHash().equals(RootLink.NONE)
                && RootLink.isWhole(row)
            : RootLink.follows(row, before);
    if (!follows) {
      broken++;
      sample("broken: " + row.getChain() + " " + row.getSequence());
    }
    roots++;
    signed += row.getSize();
    ByteBuffer digests = row.getOrderDigests().asReadOnlyByteBuffer();
    while (digests.remaining() >= Long.BYTES) {
      signings.merge(digests.getLong(), 1, Integer::sum);
    }
    if (signings.size() > TokenAudit.MOST) {
      throw new IllegalStateException(
          "more than " + TokenAudit.MOST + " orders: too many for one audit");
    }
    before = row;
  }

  /// The classes of what was signed, beside what is booked and what waits, by digest.
  TokenAudit.Report beside(Map<Long, String> orders, Set<Long> inbox) {
    long resigned = 0;
    long waiting = 0;
    long unacknowledged = 0;
    for (Map.Entry<Long, Integer> signing : signings.entrySet()) {
      if (orders.containsKey(signing.getKey())) {
        resigned += signing.getValue() - 1;
      } else if (inbox.contains(signing.getKey())) {
        waiting++;
        resigned += signing.getValue() - 1;
      } else {
        unacknowledged += signing.getValue();
      }
    }
    long unsigned = 0;
    for (Map.Entry<Long, String> order : orders.entrySet()) {
      if (!signings.containsKey(order.getKey())) {
        unsigned++;
        sample("unsigned: " + order.getValue());
      }
    }
    return new TokenAudit.Report(
        chains.size(),
        roots,
        signed,
        broken,
        orders.size(),
        unsigned,
        resigned,
        waiting,
        unacknowledged,
        List.copyOf(samples));
  }

  private void sample(String what) {
    if (samples.size() < MOST_SAMPLES) {
      samples.add(what);
    }
  }
}
