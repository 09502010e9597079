package dev.lantern.proving.tokens;

import dev.lantern.proving.place.StackAccess;
import dev.lantern.sdk.token.RootLink;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The signed-root log beside the books: every link is checked, every order with a token must have
/// been signed, and every token that was signed beyond those is put into a class.
///
/// Orders are read first and the log afterwards, so that what is accepted meanwhile is a surplus
/// and never missing. Both sides are told apart by the first 8 bytes of an order number's SHA-256:
/// of ten million orders two share them by chance in one audit of 370,000.
public final class TokenAudit {
  static final int MOST = 20_000_000;

  private final StackAccess stack;
  private final boolean trials;

  /// @param trials look at the stress lane instead of the live one
  public TokenAudit(StackAccess stack, boolean trials) {
    this.stack = stack;
    this.trials = trials;
  }

  /// What came of it: `signed = accepted + resigned + waiting + unacknowledged - unsigned`.
  ///
  /// @param chains how many, and {@param roots} how many rows in them
  /// @param signed the sum of the roots' sizes
  /// @param broken rows that do not follow the one before, or whose hash is not over what they say
  /// @param accepted booked orders that have a token
  /// @param unsigned those of them that no root stands for: over the ceiling
  /// @param resigned tokens signed again for an order that is booked or waits: for a retry, or with
  ///   another outcome that lost
  /// @param waiting tokens of orders that wait in the inbox
  /// @param unacknowledged tokens of no order: on the way, or never acknowledged, or void
  public record Report(
      int chains,
      long roots,
      long signed,
      long broken,
      long accepted,
      long unsigned,
      long resigned,
      long waiting,
      long unacknowledged,
      List<String> samples) {
    public boolean held() {
      return broken == 0 && unsigned == 0 && signed >= accepted;
    }
  }

  public Report run() {
    String schema = trials ? "lantern_order_stress" : stack.orderSchema();
    try (Connection books = stack.connect("auditor")) {
      var rows = new AuditRows(books);
      boolean open = rows.areThere(schema);
      Map<Long, String> orders = open ? rows.ordersWithTokens(schema) : Map.of();
      Set<Long> inbox = open ? rows.inbox(schema) : Set.of();
      var log = new LogWalk();
      rows.roots(trials ? "stress" : "live", log::take);
      return log.beside(orders, inbox);
    } catch (SQLException e) {
      throw new IllegalStateException("the audit cannot be made: " + e.getMessage(), e);
    }
  }

  static long digest(String orderNo) {
    return ByteBuffer.wrap(RootLink.orderDigest(orderNo)).getLong();
  }
}
