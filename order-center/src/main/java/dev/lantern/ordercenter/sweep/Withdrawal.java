package dev.lantern.ordercenter.sweep;

import dev.lantern.ordercenter.parked.TokenWithdrawal;
import dev.lantern.ordercenter.settle.KnownOrder;
import java.util.List;

/// [TokenWithdrawal] from the token maps.
public final class Withdrawal implements TokenWithdrawal {
  private final TokenStore tokens;

  public Withdrawal(TokenStore tokens) {
    this.tokens = tokens;
  }

  @Override
  public void withdraw(long actId, String orderNo, KnownOrder order) {
    List<StoredToken> covered =
        tokens.ofUser(actId).stream()
            .filter(token -> token.promise().orderNo().text().equals(orderNo))
            .filter(token -> order.covers(token.promise()))
            .toList();
    if (!covered.isEmpty()) {
      tokens.remove(covered);
    }
  }
}
