package dev.lantern.proving.stress;

import dev.lantern.proving.place.StackAccess;
import dev.lantern.stores.redis.Call;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.Reply;
import dev.lantern.stores.redis.Script;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sees whether anything of the live lane changed between two looks: every row of its books (by the
/// database's own checksum), the end of every partition of its topics, every key of its Redis.
///
/// What lives by itself without any order is left out: heartbeats, owners of partitions, samples,
/// how fast a counter's writers go (told again with every report, though its total stays), and the
/// state of leases, which close behind traffic of before. A lease, a budget or a booking that is
/// new, or counts otherwise, is seen. A key may end by its age, but none may come or differ.
final class LiveWitness {
  private static final List<String> BOOKS =
      List.of(
          "orders",
          "postings",
          "balances",
          "platform_accounts",
          "conflicts",
          "inbox",
          "grants",
          "releases",
          "daily_spend",
          "parked_records",
          "campaign_revisions",
          "scene_ids",
          "child_ids",
          "accept_logs",
          "reissues",
          "reissue_rows",
          "manifests",
          "manifest_rows");
  private static final List<String> COUNTS =
      List.of(
          "select count(*), coalesce(sum(total), 0) from lantern_order.budgets",
          "select count(*), 0 from lantern_order.budget_leases",
          "select count(*), coalesce(sum(booked), 0) from lantern_order.lease_booked",
          "select count(*), coalesce(sum(next_offset), 0) from lantern_order.queue_offsets");
  private static final String TOPICS = "lantern.accept.live.";
  private static final String KEYS = "lantern:{L1.*";
  private static final String PACE = ":pace";
  private static final int STEP = 1_000;
  private static final int MOST_STEPS = 100_000;

  /// A first connection on a busy machine takes longer than a call of a service may.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Script WALK =
      Script.of(
          """
          local step = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', ARGV[3])
          local found = {}
          for _, key in ipairs(step[2]) do
            found[#found + 1] = key
            found[#found + 1] = redis.sha1hex(redis.call('DUMP', key) or '')
          end
          return {step[1], found}
          """);

  private final StackAccess stack;

  LiveWitness(StackAccess stack) {
    this.stack = stack;
  }

  /// All of it, at one time.
  record Seen(Map<String, String> rows, Map<String, Long> ends, Map<String, String> keys) {
    /// What is otherwise in a later look; empty when nothing is.
    List<String> changedIn(Seen later) {
      var changed = new ArrayList<String>();
      rows.forEach((table, sum) -> {
        if (!sum.equals(later.rows.get(table))) {
          changed.add("rows: " + table + " was " + sum + ", is " + later.rows.get(table));
        }
      });
      if (!ends.equals(later.ends)) {
        changed.add("topics: " + ends + " became " + later.ends);
      }
      later.keys.forEach((key, sum) -> {
        if (!sum.equals(keys.get(key))) {
          changed.add("key: " + key);
        }
      });
      return changed;
    }

    /// How many things were compared.
    long things() {
      return rows.size() + ends.size() + (long) keys.size();
    }
  }

  Seen look() {
    return new Seen(rows(), KafkaEnds.of(stack, TOPICS), keys());
  }

  private Map<String, String> rows() {
    var rows = new TreeMap<String, String>();
    try (Connection connection = stack.connect("auditor");
        Statement statement = connection.createStatement()) {
      for (String table : BOOKS) {
        rows.put(table, first(statement, "checksum table lantern_order." + table, 2));
      }
      for (String sql : COUNTS) {
        rows.put(sql, first(statement, sql, 1) + "/" + first(statement, sql, 2));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("the live books cannot be read: " + e.getMessage(), e);
    }
  }

  private static String first(Statement statement, String sql, int column) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(column)) : "nothing";
    }
  }

  private Map<String, String> keys() {
    var keys = new HashMap<String, String>();
    try (Redis redis = Redis.connect(stack.redisA().withCallTimeout(PATIENCE), "witness")) {
      String cursor = "0";
      for (int step = 0; step < MOST_STEPS; step++) {
        Reply reply =
            redis.eval(
                WALK, "lantern:{L1.0}:epoch", Call.arg(cursor), Call.arg(KEYS), Call.arg(STEP));
        Reply found = reply.getReply(1);
        for (int i = 0; i + 1 < found.size(); i += 2) {
          if (!found.getString(i).endsWith(PACE)) {
            keys.put(found.getString(i), found.getString(i + 1));
          }
        }
        cursor = reply.getString(0);
        if (cursor.equals("0")) {
          return keys;
        }
      }
      throw new IllegalStateException("the walk over the live keys does not end");
    }
  }
}
