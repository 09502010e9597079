package dev.lantern.simulation.token;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Signer;
import dev.lantern.token.v1.SignedToken;
import java.time.Duration;
import java.util.List;

/// order-center's [Signer] by calls to token-service.
public final class TicketSigner implements Signer {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Signing calls;

  public TicketSigner(Signing calls) {
    this.calls = calls;
  }

  @Override
  public SignedToken sign(Lane lane, ByteString payload) {
    return calls.sign(lane, payload).await(PATIENCE).getFirst();
  }

  @Override
  public List<SignedToken> signAll(Lane lane, List<ByteString> payloads) {
    return calls.signAll(lane, payloads).await(PATIENCE);
  }
}
