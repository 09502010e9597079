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
///
/// It grows by a row for each tree, so nothing here reads more rows than it gives or than there are
/// chains: they are found one after the other by their index, as no engine's optimizer can be
/// relied upon to do for a grouping.
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
    List<SignedRoot> page = new ArrayList<>(most);
    if (place.chain().endsWith("/" + lane.word())) {
      page.addAll(ofChain(place.chain(), place.sequence(), most));
    }
    Optional<String> next = next(lane, place.chain());
    while (page.size() < most && next.isPresent()) {
      page.addAll(ofChain(next.get(), 0, most - page.size()));
      next = next(lane, next.get());
    }
    return page;
  }

  @Override
  public long signed(KeyLane lane) {
    long sum = 0;
    for (String chain : chains(lane)) {
      sum += head(chain).map(SignedRoot::getTotal).orElse(0L);
    }
    return sum;
  }

  @Override
  public Optional<Instant> begin(KeyLane lane) {
    return chains(lane).stream()
        .flatMap(chain ->
            database
                .query("select signed_at from signed_roots where chain = ? and seq = 1", chain)
                .stream())
        .map(row -> row.getInstant("signed_at"))
        .min(Instant::compareTo);
  }

  private List<SignedRoot> ofChain(String chain, long after, int most) {
    return database
        .query(
            "select "
                + COLUMNS
                + " from signed_roots where chain = ? and seq > ? order by seq limit ?",
            chain,
            after,
            most)
        .stream()
        .map(MysqlRootStore::root)
        .toList();
  }

  /// As many as there were instances.
  private List<String> chains(KeyLane lane) {
    List<String> chains = new ArrayList<>();
    Optional<String> next = next(lane, "");
    while (next.isPresent()) {
      chains.add(next.get());
      next = next(lane, next.get());
    }
    return chains;
  }

  private Optional<String> next(KeyLane lane, String chain) {
    return database
        .query(
            "select chain from signed_roots where lane = ? and chain > ?"
                + " order by lane, chain, total limit 1",
            lane.word(),
            chain)
        .stream()
        .findFirst()
        .map(row -> row.getString("chain"));
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
