package dev.lantern.simulation.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.sdk.token.RootLink;
import dev.lantern.simulation.world.Swap;
import dev.lantern.stores.sql.OutcomeUnknownException;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.log.RootChain;
import dev.lantern.tokenservice.log.RootStore;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootTableTest {
  private final RootTable table = new RootTable();

  @Test
  void place_thatIsTaken_isNotTakenTwice() {
    chain(table).append(List.of(row("a"), row("b")));
    SignedRoot last = table.head("token-1/live").orElseThrow();

    assertThat(table.append(KeyLane.LIVE, List.of(last))).isFalse();
    assertThat(table.tokens()).isEqualTo(2);
  }

  @Test
  void rows_whoseReplyWasLost_areThereOnce_andLinked() {
    RootStore losing =
        Swap.method(
            RootStore.class,
            table,
            "append",
            (_, real) -> {
              var _ = real.get();
              throw new OutcomeUnknownException("append", new IOException("lost by the test"));
            });
    chain(losing).append(List.of(row("a")));
    chain(table).append(List.of(row("b")));

    List<SignedRoot> rows = table.chains().iterator().next();
    assertThat(rows).hasSize(2);
    assertThat(RootLink.follows(rows.getLast(), rows.getFirst())).isTrue();
    assertThat(table.holds(new RootStore.Root("key", ByteString.copyFromUtf8("a")))).isTrue();
  }

  private static RootChain chain(RootStore store) {
    return new RootChain(store, KeyLane.LIVE, "token-1");
  }

  private static SignedRoot row(String root) {
    return SignedRoot.newBuilder()
        .setKeyId("key")
        .setSize(1)
        .setRoot(ByteString.copyFromUtf8(root))
        .setOrderDigests(ByteString.copyFrom(RootLink.orderDigest(root)))
        .build();
  }
}
