package dev.lantern.ordercenter.parked;

import dev.lantern.order.v1.OrderState;
import java.util.Arrays;
import java.util.HexFormat;

/// One row of `conflicts`, as long as nobody has decided about it.
final class ConflictRow {
  /// Follows `update conflicts set state = ? …`.
  static final String WHERE =
      " where act_id = ? and order_no = ? and fingerprint = ? and outcome = ? and state = ?"
          + " and seq = ?";

  private static final HexFormat HEX = HexFormat.of();

  private ConflictRow() {}

  /// The arguments of such an update.
  ///
  /// @param promise fingerprint and outcome in hexadecimal
  static Object[] args(int newState, long actId, String orderNo, String promise, long seq) {
    byte[] both = HEX.parseHex(promise);
    int half = both.length / 2;
    return new Object[] {
      newState,
      actId,
      orderNo,
      Arrays.copyOf(both, half),
      Arrays.copyOfRange(both, half, both.length),
      OrderState.ORDER_STATE_PARKED.getNumber(),
      seq
    };
  }
}
