package dev.lantern.sdk.token;

import com.google.protobuf.Timestamp;
import dev.lantern.token.v1.RedPacketToken;

/// A token as order-center makes them.
final class Samples {
  static final RedPacketToken TOKEN =
      RedPacketToken.newBuilder()
          .setAppId(3)
          .setActId(1_000_000_007L)
          .setActivityId("spring-demo-official")
          .setSceneId("rain-a7f3")
          .setAmount(88)
          .setOutTradeNo("1000000007_rain-a7f3_1_1_3")
          .setOpenTime(Timestamp.newBuilder().setSeconds(1_798_804_800L).setNanos(5))
          .setRainId(1)
          .setLeaseId(4_611_686_018_427_387_904L)
          .build();

  private Samples() {}
}
