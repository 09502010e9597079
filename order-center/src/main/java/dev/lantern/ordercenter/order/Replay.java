package dev.lantern.ordercenter.order;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.order.AcceptResult.Accepted;
import dev.lantern.ordercenter.order.AcceptResult.Refused;
import dev.lantern.ordercenter.order.OrderReader.Found;
import dev.lantern.token.v1.SignedToken;

/// The first answer, given again: from the token while it is kept, from the ledger afterwards,
/// where the token is signed once more over the same values (Ed25519 gives the same bytes under the
/// same key).
public final class Replay {
  private final Signer signer;

  public Replay(Signer signer) {
    this.signer = signer;
  }

  AcceptResult of(AcceptRequest request, StoredToken token) {
    AcceptedOrder order = token.getOrder();
    Fingerprint first = new Fingerprint(order.getFingerprint());
    return answer(
        request,
        first,
        Fen.of(order.getRequestedAmountFen()),
        new Accepted(
            request.orderNo(),
            OrderState.ORDER_STATE_PROCESSING,
            signed(request, token.getToken()),
            Outcome.of(order.getOutcome()),
            true));
  }

  /// A token that was kept while nobody could sign is signed now, if somebody can.
  private SignedToken signed(AcceptRequest request, SignedToken token) {
    return token.getProofCase() == SignedToken.ProofCase.PROOF_NOT_SET
        ? signer.sign(request.lane(), token.getPayload())
        : token;
  }

  AcceptResult of(AcceptRequest request, Found found) {
    return switch (found) {
      case Found.Row(OrderRow row) -> ofRow(request, row);
      case Found.Waiting(AcceptedOrder order) -> ofWaiting(request, order);
      case Found.Nothing() -> throw new IllegalArgumentException("nothing to replay");
    };
  }

  private AcceptResult ofRow(AcceptRequest request, OrderRow row) {
    if (!row.fingerprint().equals(request.fingerprint())) {
      return new Refused(Conflicts.with(request, row.requestedAmount()));
    }
    SignedToken token =
        signer.sign(
            request.lane(),
            Records.payload(
                row.orderNo(),
                row.appId(),
                row.activityId(),
                row.outcome(),
                row.requestedAmount(),
                row.openTime(),
                row.leaseId()));
    return new Accepted(request.orderNo(), row.told(), token, row.outcome(), true);
  }

  private AcceptResult ofWaiting(AcceptRequest request, AcceptedOrder order) {
    Outcome outcome = Outcome.of(order.getOutcome());
    SignedToken token =
        signer.sign(
            request.lane(),
            Records.payload(
                request.orderNo(),
                order.getAppId(),
                order.getChildActivityId(),
                outcome,
                Fen.of(order.getRequestedAmountFen()),
                Times.toInstant(order.getOpenTime()),
                order.getLeaseId()));
    return answer(
        request,
        new Fingerprint(order.getFingerprint()),
        Fen.of(order.getRequestedAmountFen()),
        new Accepted(request.orderNo(), OrderState.ORDER_STATE_PROCESSING, token, outcome, true));
  }

  private static AcceptResult answer(
      AcceptRequest request, Fingerprint first, Fen firstAmount, Accepted answer) {
    return first.equals(request.fingerprint())
        ? answer
        : new Refused(Conflicts.with(request, firstAmount));
  }
}
