package dev.lantern.proving.tokens;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.lantern.token.v1.SignedRoot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Reads the two sides, page by page.
final class AuditRows {
  private static final int PAGE = 5_000;

  private final Connection books;

  AuditRows(Connection books) {
    this.books = books;
  }

  /// Whether the lane was ever open: a trial's tables come with the first.
  boolean areThere(String schema) throws SQLException {
    try (PreparedStatement tables =
        books.prepareStatement(
            "select count(*) from information_schema.tables"
                + " where table_schema = ? and table_name in ('orders', 'inbox')")) {
      tables.setString(1, schema);
      try (ResultSet row = tables.executeQuery()) {
        return row.next() && row.getInt(1) == 2;
      }
    }
  }

  /// Order numbers by their digest.
  Map<Long, String> ordersWithTokens(String schema) throws SQLException {
    Map<Long, String> orders = new HashMap<>();
    String sql =
        "select act_id, order_no, token_key_id from "
            + schema
            + ".orders where act_id > ? or (act_id = ? and order_no > ?)"
            + " order by act_id, order_no limit "
            + PAGE;
    long actId = Long.MIN_VALUE;
    String orderNo = "";
    int seen = PAGE;
    try (PreparedStatement page = books.prepareStatement(sql)) {
      while (seen == PAGE) {
        page.setLong(1, actId);
        page.setLong(2, actId);
        page.setString(3, orderNo);
        seen = 0;
        try (ResultSet row = page.executeQuery()) {
          while (row.next()) {
            seen++;
            actId = row.getLong(1);
            orderNo = row.getString(2);
            if (!row.getString(3).isEmpty()) {
              orders.put(TokenAudit.digest(orderNo), orderNo);
            }
          }
        }
        if (orders.size() > TokenAudit.MOST) {
          throw new IllegalStateException("too many orders for one audit");
        }
      }
    }
    return orders;
  }

  Set<Long> inbox(String schema) throws SQLException {
    Set<Long> waiting = new HashSet<>();
    try (Statement statement = books.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select order_no from " + schema + ".inbox limit " + TokenAudit.MOST)) {
      while (row.next()) {
        waiting.add(TokenAudit.digest(row.getString(1)));
      }
    }
    return waiting;
  }

  /// Every row of a lane's log, chain by chain.
  void roots(String lane, Consumer<SignedRoot> take) throws SQLException {
    String sql =
        "select chain, seq, key_id, size, root, total, order_digests, signed_at, previous_hash,"
            + " hash from lantern_token.signed_roots where lane = ?"
            + " and (chain > ? or (chain = ? and seq > ?)) order by chain, seq limit "
            + PAGE;
    String chain = "";
    long sequence = 0;
    int seen = PAGE;
    try (PreparedStatement page = books.prepareStatement(sql)) {
      while (seen == PAGE) {
        page.setString(1, lane);
        page.setString(2, chain);
        page.setString(3, chain);
        page.setLong(4, sequence);
        seen = 0;
        try (ResultSet row = page.executeQuery()) {
          while (row.next()) {
            seen++;
            SignedRoot root = root(row);
            chain = root.getChain();
            sequence = root.getSequence();
            take.accept(root);
          }
        }
      }
    }
  }

  private static SignedRoot root(ResultSet row) throws SQLException {
    Instant signed = row.getObject(8, java.time.LocalDateTime.class).toInstant(ZoneOffset.UTC);
    return SignedRoot.newBuilder()
        .setChain(row.getString(1))
        .setSequence(row.getLong(2))
        .setKeyId(row.getString(3))
        .setSize(row.getInt(4))
        .setRoot(ByteString.copyFrom(row.getBytes(5)))
        .setTotal(row.getLong(6))
        .setOrderDigests(ByteString.copyFrom(row.getBytes(7)))
        .setSignTime(
            Timestamp.newBuilder().setSeconds(signed.getEpochSecond()).setNanos(signed.getNano()))
        .setPreviousHash(ByteString.copyFrom(row.getBytes(9)))
        .setHash(ByteString.copyFrom(row.getBytes(10)))
        .build();
  }
}
