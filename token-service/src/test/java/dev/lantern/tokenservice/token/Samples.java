package dev.lantern.tokenservice.token;

import com.google.protobuf.Timestamp;
import dev.lantern.token.v1.RedPacketToken;

/// Tokens as order-center makes them.
public final class Samples {

  private Samples() {}

  public static RedPacketToken token() {
    return token(1_000_000_007L);
  }

  public static RedPacketToken token(long actId) {
    return RedPacketToken.newBuilder()
        .setAppId(3)
        .setActId(actId)
        .setActivityId("spring-demo-official")
        .setSceneId("rain-a7f3")
        .setAmount(88)
        .setOutTradeNo(actId + "_rain-a7f3_1_1_3")
        .setOpenTime(Timestamp.newBuilder().setSeconds(1_798_804_800L).setNanos(5))
        .setRainId(1)
        .setLeaseId(4_611_686_018_427_387_904L)
        .build();
  }
}
