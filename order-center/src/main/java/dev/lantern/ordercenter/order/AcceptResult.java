package dev.lantern.ordercenter.order;

import dev.lantern.order.v1.OrderState;
import dev.lantern.token.v1.SignedToken;
import java.util.Optional;

/// How a call for an order ends.
public sealed interface AcceptResult {
  /// The order is acknowledged: it will be booked, or stay visibly parked.
  ///
  /// @param token without a proof while token-service is switched off: then the promise rests on
  ///   the server's record alone
  /// @param replayed an earlier call had been acknowledged already
  record Accepted(
      OrderNo orderNo, OrderState state, SignedToken token, Outcome outcome, boolean replayed)
      implements AcceptResult {
    public Accepted {
      // What a downstream has not given yet is on its way.
      state = state == OrderState.ORDER_STATE_GRANTING ? OrderState.ORDER_STATE_PROCESSING : state;
    }

    /// The token, when it can be verified.
    public Optional<SignedToken> verifiable() {
      return token.getProofCase() == SignedToken.ProofCase.PROOF_NOT_SET
          ? Optional.empty()
          : Optional.of(token);
    }
  }

  /// It is not. OUTCOME_UNKNOWN among the reasons: whether it will be booked is open, and the same
  /// call again finds out.
  record Refused(Refusal refusal) implements AcceptResult {}
}
