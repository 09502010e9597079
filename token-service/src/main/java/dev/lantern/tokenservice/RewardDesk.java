package dev.lantern.tokenservice;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import dev.lantern.sdk.token.RewardPayload;
import dev.lantern.sdk.token.RootLink;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.stores.sql.StoreException;
import dev.lantern.token.v1.ListSignedRootsRequest;
import dev.lantern.token.v1.ListSignedRootsResponse;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SetSigningRequest;
import dev.lantern.token.v1.SetSigningResponse;
import dev.lantern.token.v1.SignTokensResponse;
import dev.lantern.token.v1.SignedRoot;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.VerifyTokensResponse;
import dev.lantern.tokenservice.control.Control;
import dev.lantern.tokenservice.control.Decision;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.log.RootStore;
import dev.lantern.tokenservice.token.LaneSigner;
import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Signing and verifying reward tokens, and the log of it: proto to domain and back.
final class RewardDesk {
  private static final int MOST_ROOTS = 100;

  private final Rewards rewards;
  private final Control control;
  private final RootStore roots;
  private final TokenMeters meters;
  private final Duration patience;
  private final InstantSource clock;

  /// @param patience how long a call waits for its tokens
  RewardDesk(
      Rewards rewards,
      Control control,
      RootStore roots,
      TokenMeters meters,
      Duration patience,
      InstantSource clock) {
    this.rewards = rewards;
    this.control = control;
    this.roots = roots;
    this.meters = meters;
    this.patience = patience;
    this.clock = clock;
  }

  SignTokensResponse sign(KeyLane lane, List<ByteString> payloads) {
    List<LaneSigner.Item> items = items(payloads);
    if (control.isHalted(lane)) {
      throw Refused.of(Reason.REASON_WRONG_STATE, "signing is halted in this lane")
          .rule("signing-halted");
    }
    List<SignedToken> tokens;
    try {
      tokens = awaited(rewards.signer(lane).sign(items));
    } catch (RejectedExecutionException e) {
      throw Refused.of(Reason.REASON_LIMITED, "too many calls wait to be signed")
          .rule("signing-queue")
          .retryAfter(Duration.ofMillis(200));
    }
    meters.signed(tokens.size());
    return SignTokensResponse.newBuilder().addAllTokens(tokens).build();
  }

  VerifyTokensResponse verify(KeyLane lane, List<SignedToken> tokens) {
    List<TokenVerdict> verdicts = Stored.kept(() -> rewards.verifier(lane).verify(tokens));
    VerifyTokensResponse.Builder response = VerifyTokensResponse.newBuilder();
    for (TokenVerdict verdict : verdicts) {
      meters.verified(verdict);
      rewards.watch(lane).presented(verdict);
      response.addVerdicts(Translation.verdict(verdict));
    }
    return response.build();
  }

  SetSigningResponse setSigning(SetSigningRequest request) {
    String caller = RequestContext.current().caller().name();
    if (!request.getHalted() && !caller.equals("operator")) {
      throw Refused.of(Reason.REASON_FORBIDDEN, "only operators let a lane go on").rule("signing");
    }
    var decision =
        new Decision(
            "", caller, request.getReason(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    boolean was =
        Stored.kept(() ->
            control.setHalted(Translation.lane(request.getLane()), request.getHalted(), decision));
    return SetSigningResponse.newBuilder().setWasHalted(was).build();
  }

  ListSignedRootsResponse roots(ListSignedRootsRequest request) {
    KeyLane lane = Translation.lane(request.getLane());
    int size = request.getPageSize() == 0 ? MOST_ROOTS : request.getPageSize();
    RootStore.Place place = place(request.getPageToken());
    return Stored.kept(() -> {
      List<SignedRoot> page = roots.after(lane, place, size);
      ListSignedRootsResponse.Builder response =
          ListSignedRootsResponse.newBuilder()
              .addAllRoots(page)
              .setSignedTokenCount(roots.signed(lane));
      roots.begin(lane).map(Translation::timestamp).ifPresent(response::setFirstSignTime);
      if (page.size() == size) {
        SignedRoot last = page.getLast();
        response.setNextPageToken(last.getSequence() + "@" + last.getChain());
      }
      return response.build();
    });
  }

  private static RootStore.Place place(String pageToken) {
    if (pageToken.isEmpty()) {
      return new RootStore.Place("", 0);
    }
    try {
      int at = pageToken.indexOf('@');
      return new RootStore.Place(
          pageToken.substring(at + 1), Long.parseLong(pageToken.substring(0, Math.max(at, 0))));
    } catch (NumberFormatException e) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "not a token of a page").field("page_token");
    }
  }

  /// What carries our signature must also be accepted when it is presented.
  private static List<LaneSigner.Item> items(List<ByteString> payloads) {
    List<LaneSigner.Item> items = new ArrayList<>(payloads.size());
    for (int i = 0; i < payloads.size(); i++) {
      Optional<RedPacketToken> token = RewardPayload.read(payloads.get(i).toByteArray());
      if (token.isEmpty()) {
        throw Refused.of(Reason.REASON_INVALID_FIELD, "payload " + i + " is not exactly one token")
            .field("payloads[" + i + "]")
            .rule("token-payload");
      }
      items.add(
          new LaneSigner.Item(
              payloads.get(i),
              ByteString.copyFrom(RootLink.orderDigest(token.get().getOutTradeNo()))));
    }
    return items;
  }

  private List<SignedToken> awaited(CompletableFuture<List<SignedToken>> signed) {
    try {
      return got(signed);
    } finally {
      var _ = signed.cancel(false);
    }
  }

  /// Nobody hears what is said after the caller's own deadline.
  private long nanosLeft() {
    Deadline callers = Context.current().getDeadline();
    return callers == null
        ? patience.toNanos()
        : Math.min(patience.toNanos(), callers.timeRemaining(TimeUnit.NANOSECONDS));
  }

  private List<SignedToken> got(CompletableFuture<List<SignedToken>> signed) {
    try {
      return signed.get(nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException down) {
        throw Stored.down(down);
      }
      if (e.getCause() instanceof RejectedExecutionException full) {
        throw full;
      }
      throw new IllegalStateException("signing failed", e.getCause());
    } catch (TimeoutException e) {
      throw Refused.of(Reason.REASON_DEPENDENCY_DOWN, "the signed-root log is not written in time")
          .dependency("mysql");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refused.of(Reason.REASON_DEPENDENCY_DOWN, "interrupted").dependency("mysql");
    }
  }
}
