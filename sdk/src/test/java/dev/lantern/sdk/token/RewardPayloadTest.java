package dev.lantern.sdk.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import dev.lantern.token.v1.RedPacketToken;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewardPayloadTest {

  private static final RedPacketToken TOKEN = Samples.TOKEN;

  @Test
  void read_ofATokensBytes_givesTheToken() {
    assertThat(RewardPayload.read(TOKEN.toByteArray())).contains(TOKEN);
  }

  @Test
  void read_ofABlessingWithoutAmountAndLease_givesTheToken() {
    RedPacketToken blessing = TOKEN.toBuilder().clearAmount().clearLeaseId().build();

    assertThat(RewardPayload.read(blessing.toByteArray())).contains(blessing);
  }

  @Test
  void read_withAnUnknownField_refuses() {
    var unknown =
        UnknownFieldSet.newBuilder()
            .addField(16, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();

    assertThat(
            RewardPayload.read(TOKEN.toBuilder().setUnknownFields(unknown).build().toByteArray()))
        .isEmpty();
  }

  @Test
  void read_withAnUnknownFieldInTheTimestamp_refuses() {
    var unknown =
        UnknownFieldSet.newBuilder()
            .addField(7, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    Timestamp time = TOKEN.getOpenTime().toBuilder().setUnknownFields(unknown).build();

    assertThat(RewardPayload.read(TOKEN.toBuilder().setOpenTime(time).build().toByteArray()))
        .isEmpty();
  }

  @Test
  void read_withAFieldTwice_refuses() {
    byte[] second = RedPacketToken.newBuilder().setAmount(99_999).build().toByteArray();

    assertThat(RewardPayload.read(join(TOKEN.toByteArray(), second))).isEmpty();
  }

  @Test
  void read_ofTheTokenTwice_refuses() {
    assertThat(RewardPayload.read(join(TOKEN.toByteArray(), TOKEN.toByteArray()))).isEmpty();
  }

  @Test
  void read_withFieldsOutOfOrder_refuses() {
    byte[] late = RedPacketToken.newBuilder().setLeaseId(5).build().toByteArray();
    byte[] early = TOKEN.toBuilder().clearLeaseId().build().toByteArray();

    assertThat(RewardPayload.read(join(late, early))).isEmpty();
  }

  @Test
  void read_withAWrongWireType_refuses() {
    // act_id (2) as a string.
    assertThat(RewardPayload.read(HexFormat.of().parseHex("120131"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "ff", "0a", "08", "6c616e7465726e"})
  void read_ofOtherBytes_refuses(String hex) {
    assertThat(RewardPayload.read(HexFormat.of().parseHex(hex))).isEmpty();
  }

  @Test
  void read_ofEveryTruncation_refusesOrReadsLess() {
    byte[] whole = TOKEN.toByteArray();
    for (int length = 0; length < whole.length; length++) {
      assertThat(RewardPayload.read(Arrays.copyOf(whole, length)))
          .isNotEqualTo(java.util.Optional.of(TOKEN));
    }
  }

  @Test
  void read_ofBadUtf8_refuses() {
    byte[] bytes = TOKEN.toByteArray();
    int at =
        ByteString.copyFrom(bytes)
            .toString(java.nio.charset.StandardCharsets.ISO_8859_1)
            .indexOf("rain-a7f3");
    bytes[at] = (byte) 0xff;

    assertThat(RewardPayload.read(bytes)).isEmpty();
  }

  @Test
  void read_ofNoPromise_refuses() {
    assertThat(RewardPayload.read(TOKEN.toBuilder().clearActId().build().toByteArray())).isEmpty();
    assertThat(RewardPayload.read(TOKEN.toBuilder().setActId(-1).build().toByteArray())).isEmpty();
    assertThat(RewardPayload.read(TOKEN.toBuilder().setAmount(-1).build().toByteArray())).isEmpty();
    assertThat(RewardPayload.read(TOKEN.toBuilder().clearOutTradeNo().build().toByteArray()))
        .isEmpty();
    assertThat(RewardPayload.read(TOKEN.toBuilder().setRequestedAmount(-1).build().toByteArray()))
        .isEmpty();
  }

  @Test
  void read_ofWhatTheCallerAskedFor_andOfAFallback_givesTheToken() {
    RedPacketToken asked = TOKEN.toBuilder().setRequestedAmount(88).setFallback(true).build();

    assertThat(RewardPayload.read(asked.toByteArray())).contains(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // requested_amount: longer than need be; said, and 0. fallback: 2.
        "70d88000",
        "7000",
        "7802"
      })
  void read_ofAnotherSpelling_refuses(String hex) {
    assertThat(RewardPayload.read(join(TOKEN.toByteArray(), HexFormat.of().parseHex(hex))))
        .isEmpty();
  }

  @Test
  void read_ofARoundBeyond32Bits_refuses() {
    byte[] round = RedPacketToken.newBuilder().setRainId(1).build().toByteArray();
    byte[] wide = HexFormat.of().parseHex("408180808010");
    byte[] before = TOKEN.toBuilder().clearRainId().clearLeaseId().build().toByteArray();

    assertThat(RewardPayload.read(join(before, round))).isPresent();
    assertThat(RewardPayload.read(join(before, wide))).isEmpty();
  }

  @Test
  void read_ofAnOverlongPayload_refuses() {
    String longId = "a".repeat(TokenFormat.MAX_PAYLOAD);

    assertThat(RewardPayload.read(TOKEN.toBuilder().setActivityId(longId).build().toByteArray()))
        .isEmpty();
  }

  private static byte[] join(byte[] first, byte[] second) {
    var joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }
}
