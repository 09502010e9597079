package dev.lantern.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

  @Test
  void bucketOf_isFixedForEver() {
    // Moved buckets lose tokens: these values are a promise.
    assertThat(
            LongStream.of(1, 2, 3, 1000, 123456789, Long.MAX_VALUE)
                .mapToInt(TokenBuckets::bucketOf))
        .containsExactly(57, 50, 44, 25, 4, 6);
  }

  @Test
  void bucketOf_consecutiveUsers_spreadEvenly() {
    int[] users = new int[TokenBuckets.COUNT];
    LongStream.range(1, 64_001).forEach(actId -> users[TokenBuckets.bucketOf(actId)]++);
    assertThat(IntStream.of(users).boxed()).allSatisfy(n -> assertThat(n).isBetween(900, 1100));
  }

  @Test
  void keys_ofOneUser_shareTheirBucketsTag() {
    String tag = "lantern:{L1." + TokenBuckets.bucketOf(42) + "}:";
    assertThat(TokenBuckets.tokensKey(1, 42)).isEqualTo(tag + "tokens:42");
    assertThat(TokenBuckets.claimKey(1, 42, "42_s_1_1_3")).isEqualTo(tag + "claim:42_s_1_1_3");
    assertThat(TokenBuckets.epochKeyOf(1, 42)).isEqualTo(tag + "epoch");
  }

  @Test
  void epochKey_outsideItsRange_isADefect() {
    assertThatThrownBy(() -> TokenBuckets.epochKey(1, 64))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TokenBuckets.epochKey(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
