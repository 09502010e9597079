package dev.lantern.ordercenter.order;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.ListSignedRootsRequest;
import dev.lantern.token.v1.SignTokensRequest;
import dev.lantern.token.v1.SignTokensResponse;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// [Signer] by token-service: concurrent orders share a SignTokens call. While an alarm or an
/// operator has halted the lane's signing it gives payloads alone, as if token-service were
/// switched off: that is an answer, not a failure, and no breaker would find the lane well by a
/// probe.
public final class RemoteSigner implements Signer, AutoCloseable {
  private static final String HALTED = "signing-halted";

  private final TokenServiceBlockingStub stub;
  private final long deadlineMillis;
  private final Coalescer<Item, SignedToken> calls;

  public RemoteSigner(TokenServiceBlockingStub stub, Coalescer.Bounds bounds) {
    this.stub = stub;
    this.deadlineMillis = bounds.deadline().toMillis();
    this.calls = new Coalescer<>("sign", this::signAll, bounds, RemoteSigner::down);
  }

  /// Asks for something that changes nothing; throws while token-service does not answer.
  public void warm() {
    var _ =
        stub.withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS)
            .listKeys(ListKeysRequest.getDefaultInstance());
  }

  /// Asks for what signing needs, too: token-service tells its keys without its log, and signs
  /// nothing. Throws while either does not answer.
  public void probe() {
    warm();
    var _ =
        stub.withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS)
            .listSignedRoots(
                ListSignedRootsRequest.newBuilder().setLane(Lane.LANE_LIVE).setPageSize(1).build());
  }

  @Override
  public SignedToken sign(Lane lane, ByteString payload) {
    return calls.call(new Item(lane, payload));
  }

  @Override
  public List<SignedToken> signAll(Lane lane, List<ByteString> payloads) {
    return signLane(lane, payloads);
  }

  @Override
  public void close() {
    calls.close();
  }

  private List<SignedToken> signAll(List<Item> items) {
    // Lanes have keys of their own: a batch that mixes them is signed lane by lane.
    List<SignedToken> signed = new ArrayList<>(items.size());
    int from = 0;
    while (from < items.size()) {
      Lane lane = items.get(from).lane();
      int to = from;
      while (to < items.size() && items.get(to).lane() == lane) {
        to++;
      }
      signed.addAll(signLane(lane, items.subList(from, to).stream().map(Item::payload).toList()));
      from = to;
    }
    return signed;
  }

  private List<SignedToken> signLane(Lane lane, List<ByteString> payloads) {
    SignTokensRequest.Builder request =
        SignTokensRequest.newBuilder()
            .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
            .setLane(lane)
            .addAllPayloads(payloads);
    try {
      SignTokensResponse response =
          stub.withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS).signTokens(request.build());
      return response.getTokensList();
    } catch (StatusRuntimeException e) {
      if (isHalted(e)) {
        return payloads.stream()
            .map(payload -> SignedToken.newBuilder().setPayload(payload).build())
            .toList();
      }
      throw down();
    }
  }

  private static boolean isHalted(StatusRuntimeException e) {
    return Failures.refusedBy(e)
        .filter(refused -> refused.reason() == Reason.REASON_WRONG_STATE)
        .filter(refused -> HALTED.equals(refused.metadata().get("rule")))
        .isPresent();
  }

  private static Refused down() {
    return Refused.of(Reason.REASON_DEPENDENCY_DOWN, "tokens cannot be signed now")
        .dependency("token-service");
  }

  private record Item(Lane lane, ByteString payload) {}
}
