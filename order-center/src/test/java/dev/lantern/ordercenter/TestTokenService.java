package dev.lantern.ordercenter;

import com.google.protobuf.ByteString;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.ListSignedRootsRequest;
import dev.lantern.token.v1.ListSignedRootsResponse;
import dev.lantern.token.v1.SignTokensRequest;
import dev.lantern.token.v1.SignTokensResponse;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicInteger;

/// A token-service for tests: the same bytes for the same payload, as the real one promises,
/// without a key of worth. Counts its calls.
public final class TestTokenService extends TokenServiceGrpc.TokenServiceImplBase {
  public static final String KEY_ID = "test-key";

  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean failing;

  /// From now on it refuses to sign, or signs again.
  public void fail(boolean now) {
    failing = now;
  }

  @Override
  public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> observer) {
    if (failing) {
      observer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    observer.onNext(ListKeysResponse.getDefaultInstance());
    observer.onCompleted();
  }

  @Override
  public void listSignedRoots(
      ListSignedRootsRequest request, StreamObserver<ListSignedRootsResponse> observer) {
    if (failing) {
      observer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    observer.onNext(ListSignedRootsResponse.getDefaultInstance());
    observer.onCompleted();
  }

  public int calls() {
    return calls.get();
  }

  @Override
  public void signTokens(SignTokensRequest request, StreamObserver<SignTokensResponse> observer) {
    calls.incrementAndGet();
    if (failing) {
      observer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    SignTokensResponse.Builder response = SignTokensResponse.newBuilder();
    request.getPayloadsList().stream().map(TestTokenService::sign).forEach(response::addTokens);
    observer.onNext(response.build());
    observer.onCompleted();
  }

  public static SignedToken sign(ByteString payload) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(payload.toByteArray());
      return SignedToken.newBuilder()
          .setPayload(payload)
          .setKeyId(KEY_ID)
          .setSignature(ByteString.copyFrom(digest))
          .build();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
