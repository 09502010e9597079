package dev.lantern.proving.edge;

import dev.lantern.order.v1.GetOrderRequest;
import dev.lantern.order.v1.GetOrderResponse;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.proving.clientlog.Told;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// Broken calls over gRPC: messages are sent as raw bytes, so that nothing mends them on the way.
final class BrokenGrpc {
  private static final int HUGE_BYTES = 100 * 1024;

  private BrokenGrpc() {}

  static Told call(Channel channel, Garbage garbage, Edge.Grab near) {
    byte[] good = GrpcEdge.request(near).toByteArray();
    return switch (garbage) {
      case TRUNCATED_BODY -> grab(channel, Arrays.copyOf(good, good.length - 3));
      case NOISE_BODY -> grab(channel, new byte[] {(byte) 0xff, (byte) 0xff, 0x01, 0x02, 0x03});
      case HUGE_BODY -> grab(channel, huge(near));
      case UNDERSCORE_SCENE -> grab(channel, scene(near, "no_such"));
      case CONTROL_SCENE -> grab(channel, scene(near, "a\u0001b"));
      case LONG_SCENE -> grab(channel, scene(near, "x".repeat(33)));
      case NEGATIVE_ROUND -> grab(channel, round(near, -1));
      case ZERO_ROUND -> grab(channel, round(near, 0));
      case BAD_REQUEST_ID -> grab(channel, requestId(near, "with space"));
      case BAD_ORDER_NO ->
          order(channel, GetOrderRequest.newBuilder().setOrderNo("not-an-order").build());
      case UNKNOWN_PATH -> raw(channel, "lantern.play.v1.PlayService/Nothing", good);
      case INTERNAL_METHOD ->
          raw(channel, OrderServiceGrpc.getIssueRewardMethod().getFullMethodName(), good);
    };
  }

  private static byte[] scene(Edge.Grab near, String sceneId) {
    return GrpcEdge.request(near).toBuilder().setSceneId(sceneId).build().toByteArray();
  }

  private static byte[] round(Edge.Grab near, int rainId) {
    return GrpcEdge.request(near).toBuilder().setRainId(rainId).build().toByteArray();
  }

  private static byte[] requestId(Edge.Grab near, String requestId) {
    return GrpcEdge.request(near).toBuilder().setRequestId(requestId).build().toByteArray();
  }

  private static byte[] huge(Edge.Grab near) {
    return requestId(near, "x".repeat(HUGE_BYTES));
  }

  private static Told grab(Channel channel, byte[] message) {
    return raw(channel, PlayServiceGrpc.getGrabMethod().getFullMethodName(), message);
  }

  private static Told order(Channel channel, GetOrderRequest request) {
    GetOrderResponse answer =
        ClientCalls.blockingUnaryCall(
            channel, OrderServiceGrpc.getGetOrderMethod(), options(), request);
    return Answers.order(answer.getOrder());
  }

  private static Told raw(Channel channel, String fullMethod, byte[] message) {
    MethodDescriptor<byte[], GrabResponse> method =
        MethodDescriptor.<byte[], GrabResponse>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(fullMethod)
            .setRequestMarshaller(new RawBytes())
            .setResponseMarshaller(ProtoUtils.marshaller(GrabResponse.getDefaultInstance()))
            .build();
    return Answers.accepted(ClientCalls.blockingUnaryCall(channel, method, options(), message));
  }

  private static CallOptions options() {
    return CallOptions.DEFAULT.withDeadlineAfter(GrpcEdge.DEADLINE_MS, TimeUnit.MILLISECONDS);
  }

  private static final class RawBytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
