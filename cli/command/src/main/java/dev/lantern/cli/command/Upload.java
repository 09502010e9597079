package dev.lantern.cli.command;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Sends messages to a method that answers once, and waits for the answer.
final class Upload {
  static final int ROWS_A_MESSAGE = 500;
  private static final long PATIENCE_S = 15;

  private Upload() {}

  static <Q, A> A send(Function<StreamObserver<A>, StreamObserver<Q>> method, List<Q> messages) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    StreamObserver<Q> stream =
        method.apply(
            new StreamObserver<>() {
              @Override
              public void onNext(A value) {
                answer.complete(value);
              }

              @Override
              public void onError(Throwable error) {
                answer.completeExceptionally(error);
              }

              @Override
              public void onCompleted() {
                answer.completeExceptionally(Status.INTERNAL.asRuntimeException());
              }
            });
    for (Q message : messages) {
      if (answer.isDone()) {
        break;
      }
      stream.onNext(message);
    }
    if (!answer.isDone()) {
      stream.onCompleted();
    }
    return await(answer);
  }

  private static <A> A await(CompletableFuture<A> answer) {
    try {
      return answer.get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusRuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw Status.DEADLINE_EXCEEDED.withDescription("no answer").asRuntimeException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
