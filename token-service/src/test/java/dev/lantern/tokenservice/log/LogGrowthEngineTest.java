package dev.lantern.tokenservice.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.sdk.token.RootLink;
import dev.lantern.stores.sql.Database;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.tokenservice.TokenSchema;
import dev.lantern.tokenservice.keys.KeyLane;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A log that has grown is read by its indexes: what is asked for every few seconds, and a page of
/// it, cost what they bring and not what there is. Counted are the rows that the engine touched for
/// this session, which is the only one of its pool.
@Tag("engine")
class LogGrowthEngineTest {
  private static final int ROWS = 20 * RootStore.MOST_ROWS;
  private static final long FEW = 400;

  private final String name = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void sum_begin_andPages_touchFewRows() {
    try (Database database = TokenSchema.open(1)) {
      RootStore store = new MysqlRootStore(database);
      for (String instance : List.of(name + "-a", name + "-b")) {
        fill(store, KeyLane.STRESS, instance);
        fill(store, KeyLane.LIVE, instance);
      }
      var _ = database.query("analyze table signed_roots");
      String first = name + "-a/live";

      assertTouchesFew(database, () -> store.signed(KeyLane.LIVE));
      assertTouchesFew(database, () -> store.begin(KeyLane.LIVE).orElseThrow());
      assertThat(
              assertTouchesFew(
                  database,
                  () -> store.after(KeyLane.LIVE, new RootStore.Place(first, ROWS / 2), 100)))
          .hasSize(100)
          .allMatch(row -> row.getChain().equals(first));
      assertThat(
              assertTouchesFew(
                  database,
                  () -> store.after(KeyLane.LIVE, new RootStore.Place(first, ROWS - 50), 100)))
          .hasSize(100)
          .last()
          .satisfies(row -> {
            assertThat(row.getChain()).isEqualTo(name + "-b/live");
            assertThat(row.getSequence()).isEqualTo(50);
          });
    }
  }

  private static <T> T assertTouchesFew(Database database, Supplier<T> reading) {
    long before = touched(database);
    T found = reading.get();
    assertThat(touched(database) - before).isLessThan(FEW);
    return found;
  }

  private static long touched(Database database) {
    return database.query("show session status like 'Handler_read%'").stream()
        .mapToLong(row -> Long.parseLong(row.getString("Value")))
        .sum();
  }

  private static void fill(RootStore store, KeyLane lane, String instance) {
    RootChain chain = new RootChain(store, lane, instance);
    for (int group = 0; group < ROWS / RootStore.MOST_ROWS; group++) {
      List<SignedRoot> rows = new ArrayList<>(RootStore.MOST_ROWS);
      for (int i = 0; i < RootStore.MOST_ROWS; i++) {
        byte[] digest = RootLink.orderDigest(instance + group + "-" + i);
        rows.add(
            SignedRoot.newBuilder()
                .setKeyId("k")
                .setSize(1)
                .setRoot(ByteString.copyFrom(new byte[24]).concat(ByteString.copyFrom(digest)))
                .setOrderDigests(ByteString.copyFrom(digest))
                .build());
      }
      chain.append(rows);
    }
  }
}
