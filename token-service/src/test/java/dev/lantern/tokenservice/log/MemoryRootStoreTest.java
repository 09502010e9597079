package dev.lantern.tokenservice.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.sdk.token.RootLink;
import dev.lantern.stores.sql.StoreUnavailableException;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.log.MemoryRootStore.Trouble;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryRootStoreTest extends RootStoreContract {
  private final MemoryRootStore store = new MemoryRootStore();

  @Override
  RootStore store() {
    return store;
  }

  @Test
  void append_whoseReplyIsLost_countsOnce() {
    RootChain chain = new RootChain(store, KeyLane.LIVE, "c");
    chain.append(List.of(row(1)));
    store.next(Trouble.REPLY_LOST);
    chain.append(List.of(row(2), row(3)));
    store.next(Trouble.CALL_LOST);
    chain.append(List.of(row(4)));

    assertThat(store.signed(KeyLane.LIVE)).isEqualTo(10);
    assertLinked();
  }

  @Test
  void append_thatFails_leavesTheChainWhole() {
    RootChain chain = new RootChain(store, KeyLane.LIVE, "c");
    chain.append(List.of(row(1)));
    store.next(Trouble.DOWN);
    assertThatThrownBy(() -> chain.append(List.of(row(2))))
        .isInstanceOf(StoreUnavailableException.class);
    chain.append(List.of(row(3)));

    assertThat(store.signed(KeyLane.LIVE)).isEqualTo(4);
    assertLinked();
  }

  private void assertLinked() {
    List<SignedRoot> rows = store.after(KeyLane.LIVE, new RootStore.Place("", 0), 100);
    for (int i = 1; i < rows.size(); i++) {
      assertThat(RootLink.follows(rows.get(i), rows.get(i - 1))).isTrue();
    }
  }

  @Test
  void changedRow_breaksTheChain() {
    RootChain chain = new RootChain(store, KeyLane.LIVE, "c");
    chain.append(List.of(row(1), row(2), row(3)));
    List<SignedRoot> rows = store.after(KeyLane.LIVE, new RootStore.Place("", 0), 100);
    SignedRoot grown = rows.get(1).toBuilder().setSize(9).build();
    SignedRoot moved = rows.get(1).toBuilder().setRoot(rows.get(0).getRoot()).build();
    var redated = rows.get(1).toBuilder();
    redated.getSignTimeBuilder().setNanos(0);

    assertThat(List.of(grown, moved, redated.build()))
        .allSatisfy(row -> assertThat(RootLink.isWhole(row)).isFalse());
    assertThat(RootLink.follows(rows.get(2), rows.get(0))).isFalse();
  }
}
