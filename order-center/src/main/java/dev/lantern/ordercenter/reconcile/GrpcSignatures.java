package dev.lantern.ordercenter.reconcile;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.token.v1.ListSignedRootsRequest;
import dev.lantern.token.v1.ListSignedRootsResponse;
import dev.lantern.token.v1.SetSigningRequest;
import dev.lantern.token.v1.TokenServiceGrpc;
import io.grpc.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// [Signatures] by token-service.
public final class GrpcSignatures implements Signatures {
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  private final TokenServiceGrpc.TokenServiceBlockingStub stub;
  private final Lane lane;

  public GrpcSignatures(Channel channel, Lane lane) {
    this.stub = TokenServiceGrpc.newBlockingStub(channel);
    this.lane = lane;
  }

  @Override
  public Signed signed() {
    ListSignedRootsResponse told =
        stub()
            .listSignedRoots(
                ListSignedRootsRequest.newBuilder().setLane(lane).setPageSize(1).build());
    return new Signed(
        told.getSignedTokenCount(),
        told.hasFirstSignTime()
            ? Optional.of(Times.toInstant(told.getFirstSignTime()))
            : Optional.empty());
  }

  @Override
  public void halt(String reason) {
    var _ =
        stub()
            .setSigning(
                SetSigningRequest.newBuilder()
                    .setLane(lane)
                    .setHalted(true)
                    .setReason(reason)
                    .build());
  }

  private TokenServiceGrpc.TokenServiceBlockingStub stub() {
    return stub.withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
