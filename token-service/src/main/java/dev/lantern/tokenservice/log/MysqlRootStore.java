package dev.lantern.tokenservice.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.tokenservice.keys.KeyLane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The log in MySQL. A row's place in its chain is its primary key: whoever inserts first has it.
public final class MysqlRootStore implements RootStore {
  private static final String COLUMNS =
      "chain, seq, key_id, size, root, total, order_digests, signed_at, previous_hash, hash";
  private static final int VALUES = 11;

  private final Database database;

  public MysqlRootStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<SignedRoot> head(String chain) {
    return database
        .query(
            "select " + COLUMNS + " from signed_roots where chain = ? order by seq desc limit 1",
            chain)
        .stream()
        .findFirst()
        .map(MysqlRootStore::root);
  }

  @Override
  public boolean append(KeyLane lane, List<SignedRoot> rows) {
    String marks = "(" + String.join(", ", Collections.nCopies(VALUES, "?")) + ")";
    String sql =
        "insert into signed_roots (lane, "
            + COLUMNS
            + ") values "
            + String.join(", ", Collections.nCopies(rows.size(), marks));
    List<Object> values = new ArrayList<>(rows.size() * VALUES);
    for (SignedRoot row : rows) {
      values.add(lane.word());
      values.add(row.getChain());
      values.add(row.getSequence());
      values.add(row.getKeyId());
      values.add(row.getSize());
      values.add(row.getRoot().toByteArray());
      values.add(row.getTotal());
      values.add(row.getOrderDigests().toByteArray());
      values.add(
          Instant.ofEpochSecond(row.getSignTime().getSeconds(), row.getSignTime().getNanos()));
      values.add(row.getPreviousHash().toByteArray());
      values.add(row.getHash().toByteArray());
    }
    try {
      // One statement: all rows or none, and one commit.
      var _ = database.update(sql, values.toArray());
      return true;
    } catch (DuplicateKeyException _) {
      return false;
    }
  }

  @Override
  public Set<Root> held(KeyLane lane, Collection<Root> roots) {
    if (roots.isEmpty()) {
      return Set.of();
    }
    List<Object> values = new ArrayList<>(roots.size() + 1);
    roots.forEach(root -> values.add(root.hash().toByteArray()));
    values.add(lane.word());
    String sql =
        "select key_id, root from signed_roots where root in ("
            + String.join(", ", Collections.nCopies(roots.size(), "?"))
            + ") and lane = ?";
    Set<Root> held = new HashSet<>();
    for (Row row : database.query(sql, values.toArray())) {
      held.add(new Root(row.getString("key_id"), ByteString.copyFrom(row.getBytes("root"))));
    }
    held.retainAll(Set.copyOf(roots));
    return held;
  }

  @Override
  public List<SignedRoot> after(KeyLane lane, Place place, int most) {
    return database
        .query(
            "select "
                + COLUMNS
                + " from signed_roots where lane = ?"
                + " and (chain > ? or (chain = ? and seq > ?)) order by chain, seq limit ?",
            lane.word(),
            place.chain(),
            place.chain(),
            place.sequence(),
            most)
        .stream()
        .map(MysqlRootStore::root)
        .toList();
  }

  @Override
  public long signed(KeyLane lane) {
    return database
        .query(
            "select max(total) as total from signed_roots where lane = ? group by chain",
            lane.word())
        .stream()
        .mapToLong(row -> row.getLong("total"))
        .sum();
  }

  @Override
  public Optional<Instant> begin(KeyLane lane) {
    // By the index of the lane's chains, and then one row of each.
    return database
        .query(
            "select min(first.signed_at) as begun from (select distinct chain from signed_roots"
                + " where lane = ?) chains join signed_roots first on first.chain = chains.chain"
                + " and first.seq = 1",
            lane.word())
        .getFirst()
        .findInstant("begun");
  }

  private static SignedRoot root(Row row) {
    Instant signed = row.getInstant("signed_at");
    return SignedRoot.newBuilder()
        .setChain(row.getString("chain"))
        .setSequence(row.getLong("seq"))
        .setKeyId(row.getString("key_id"))
        .setSize(row.getInt("size"))
        .setRoot(ByteString.copyFrom(row.getBytes("root")))
        .setTotal(row.getLong("total"))
        .setOrderDigests(ByteString.copyFrom(row.getBytes("order_digests")))
        .setSignTime(
            Timestamp.newBuilder().setSeconds(signed.getEpochSecond()).setNanos(signed.getNano()))
        .setPreviousHash(ByteString.copyFrom(row.getBytes("previous_hash")))
        .setHash(ByteString.copyFrom(row.getBytes("hash")))
        .build();
  }
}
