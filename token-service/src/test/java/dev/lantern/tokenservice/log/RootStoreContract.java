package dev.lantern.tokenservice.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.lantern.sdk.token.RootLink;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.log.RootStore.Place;
import dev.lantern.tokenservice.log.RootStore.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every log does. Each test has chains of its own.
public abstract class RootStoreContract {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private String instance = "";
  private int roots;

  @BeforeEach
  void name() {
    instance = "c" + NUMBER.incrementAndGet() + "-" + System.nanoTime() % 1_000_000_000;
  }

  abstract RootStore store();

  @Test
  void rows_areLinkedAndSummed_acrossAppends() {
    RootChain chain = new RootChain(store(), KeyLane.LIVE, instance);
    chain.append(List.of(row(64), row(1)));
    chain.append(List.of(row(3)));

    List<SignedRoot> rows = rows();
    assertThat(rows).extracting(SignedRoot::getTotal).containsExactly(64L, 65L, 68L);
    assertThat(rows).allMatch(RootLink::isWhole);
    assertThat(RootLink.follows(rows.get(1), rows.get(0))).isTrue();
    assertThat(RootLink.follows(rows.get(2), rows.get(1))).isTrue();
    assertThat(RootLink.follows(rows.get(2), rows.get(0))).isFalse();
  }

  @Test
  void nextLife_goesOnWithTheChain() {
    new RootChain(store(), KeyLane.LIVE, instance).append(List.of(row(2)));
    new RootChain(store(), KeyLane.LIVE, instance).append(List.of(row(3)));

    assertThat(rows()).extracting(SignedRoot::getTotal).containsExactly(2L, 5L);
    assertThat(RootLink.follows(rows().get(1), rows().get(0))).isTrue();
  }

  @Test
  void twoOfOneName_writeOneChainBetweenThem() {
    RootChain one = new RootChain(store(), KeyLane.LIVE, instance);
    RootChain other = new RootChain(store(), KeyLane.LIVE, instance);
    for (int i = 0; i < 5; i++) {
      one.append(List.of(row(1)));
      other.append(List.of(row(1), row(1)));
    }

    List<SignedRoot> rows = rows();
    assertThat(rows).hasSize(15);
    for (int i = 1; i < rows.size(); i++) {
      assertThat(RootLink.follows(rows.get(i), rows.get(i - 1))).isTrue();
    }
  }

  @Test
  void held_namesThoseThereAre_ofThisLaneAndKey() {
    SignedRoot mine = row(2);
    new RootChain(store(), KeyLane.LIVE, instance).append(List.of(mine));
    Root root = new Root(mine.getKeyId(), mine.getRoot());
    Root ofAnotherKey = new Root("other", mine.getRoot());
    Root unknown = new Root(mine.getKeyId(), row(1).getRoot());

    assertThat(store().held(KeyLane.LIVE, List.of(root, ofAnotherKey, unknown)))
        .containsExactly(root);
    assertThat(store().held(KeyLane.STRESS, List.of(root))).isEmpty();
    assertThat(store().held(KeyLane.LIVE, List.of())).isEmpty();
  }

  @Test
  void signed_isTheSumOverChains() {
    long before = store().signed(KeyLane.STRESS);
    new RootChain(store(), KeyLane.STRESS, instance + "a").append(List.of(row(7), row(8)));
    new RootChain(store(), KeyLane.STRESS, instance + "b").append(List.of(row(9)));

    assertThat(store().signed(KeyLane.STRESS) - before).isEqualTo(24);
    assertThat(store().begin(KeyLane.STRESS)).isPresent();
  }

  List<SignedRoot> rows() {
    return store().after(KeyLane.LIVE, new Place(instance + "/live", 0), 100).stream()
        .filter(row -> row.getChain().equals(instance + "/live"))
        .toList();
  }

  SignedRoot row(int size) {
    byte[] root = new byte[32];
    root[0] = (byte) instance.hashCode();
    root[1] = (byte) roots++;
    System.arraycopy(
        instance.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        0,
        root,
        4,
        instance.length());
    List<ByteString> digests = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      digests.add(ByteString.copyFrom(RootLink.orderDigest(instance + "-" + roots + "-" + i)));
    }
    return SignedRoot.newBuilder()
        .setKeyId("reward-live-00000001")
        .setSize(size)
        .setRoot(ByteString.copyFrom(root))
        .setOrderDigests(ByteString.copyFrom(digests))
        .setSignTime(Timestamp.newBuilder().setSeconds(1_798_804_800L).setNanos(123_456_000))
        .build();
  }
}
