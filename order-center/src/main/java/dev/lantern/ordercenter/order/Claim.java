package dev.lantern.ordercenter.order;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The first recorded intent for an order number.
///
/// It holds whatever of a record the caller or the clock decides. So a retry after an append whose
/// outcome is unknown sends what was sent before, and which of the two is booked makes no
/// difference to what the user was shown.
///
/// @param leases every lease that a record of this number may ride on
/// @param opId who wrote it and the how-manieth of its writes: tells one's own write from another's
/// @param openTime when the user opened it, by the first request
/// @param acceptTime when the first request decided: the order's place among the user's flows
/// @param appId the app that the first request came through
public record Claim(
    Fingerprint fingerprint,
    Outcome outcome,
    List<Long> leases,
    String opId,
    Fen requestedAmount,
    Instant openTime,
    Instant acceptTime,
    int appId) {
  public Claim {
    leases = List.copyOf(leases);
    openTime = Times.toMicros(openTime);
    acceptTime = Times.toMicros(acceptTime);
  }

  /// The intent of a request for which this was decided at `now`.
  static Claim of(AcceptRequest request, Choosing.Choice.Made made, String opId, Instant now) {
    return new Claim(
        request.fingerprint(),
        made.outcome(),
        made.unit().map(unit -> List.of(unit.leaseId().value())).orElse(List.of()),
        opId,
        request.requestedAmount(),
        request.openTime(),
        now,
        request.appId());
  }

  /// The same intent with one lease more.
  public Claim with(long lease, String newOpId) {
    List<Long> more = new ArrayList<>(leases);
    more.add(lease);
    return new Claim(
        fingerprint, outcome, more, newOpId, requestedAmount, openTime, acceptTime, appId);
  }

  ByteString toBytes() {
    return dev.lantern.acceptlog.v1.Claim.newBuilder()
        .setFingerprint(fingerprint.sha256())
        .setOutcome(outcome.toProto())
        .addAllLeaseIds(leases)
        .setOpId(opId)
        .setRequestedAmountFen(requestedAmount.value())
        .setOpenTime(Times.toProto(openTime))
        .setAcceptTime(Times.toProto(acceptTime))
        .setAppId(appId)
        .build()
        .toByteString();
  }

  static Claim of(ByteString bytes) {
    try {
      var proto = dev.lantern.acceptlog.v1.Claim.parseFrom(bytes);
      return new Claim(
          new Fingerprint(proto.getFingerprint()),
          Outcome.of(proto.getOutcome()),
          proto.getLeaseIdsList(),
          proto.getOpId(),
          Fen.of(proto.getRequestedAmountFen()),
          Times.toInstant(proto.getOpenTime()),
          Times.toInstant(proto.getAcceptTime()),
          proto.getAppId());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a claim that is none", e);
    }
  }

  /// A claim as it stands in the store: its exact bytes are what a compare-and-set compares.
  public record Seen(Claim claim, ByteString bytes) {
    static Seen of(ByteString bytes) {
      return new Seen(Claim.of(bytes), bytes);
    }
  }
}
