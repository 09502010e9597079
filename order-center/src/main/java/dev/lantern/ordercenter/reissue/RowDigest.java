package dev.lantern.ordercenter.reissue;

import dev.lantern.order.v1.ReissueHeader;
import dev.lantern.order.v1.ReissueRow;
import dev.lantern.ordercenter.order.Digests;
import java.util.List;

/// The name of a reissue: 16 letters and digits of the SHA-256 over its cause, its activity and
/// what each row pays. So the same file handed in twice, by whomever, is one reissue, and its new
/// entitlements have the same numbers.
final class RowDigest {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 16;

  private RowDigest() {}

  static String of(ReissueHeader header, List<ReissueRow> rows) {
    Digests digest = new Digests().add(header.getCause()).add(header.getActivityId());
    for (ReissueRow row : rows) {
      digest =
          digest
              .add(row.getOrderNo())
              .add(row.getActId())
              .add(row.getChildActivityId())
              .add(row.getRewardId())
              .add(row.getAmountFen())
              .add(row.getRequestedAmountFen());
    }
    byte[] bytes = digest.finish();
    StringBuilder name = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      name.append(ALPHABET.charAt(bytes[i] & 31));
    }
    return name.toString();
  }
}
