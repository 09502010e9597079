package dev.lantern.runtime.server;

import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.play.v1.PlayServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/// A service whose one method does what a test says.
final class Play extends PlayServiceGrpc.PlayServiceImplBase {

  static final GrabRequest GOOD =
      GrabRequest.newBuilder().setActivityId("spring").setSceneId("rain").setRainId(1).build();

  private final Function<GrabRequest, GrabResponse> handler;

  Play(Function<GrabRequest, GrabResponse> handler) {
    this.handler = handler;
  }

  static GrabResponse answer(String text) {
    return GrabResponse.newBuilder().setOrderNo(text).build();
  }

  @Override
  public void grab(GrabRequest request, StreamObserver<GrabResponse> observer) {
    observer.onNext(handler.apply(request));
    observer.onCompleted();
  }
}
