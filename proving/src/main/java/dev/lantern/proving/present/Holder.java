package dev.lantern.proving.present;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.lantern.identity.v1.CreateSessionRequest;
import dev.lantern.identity.v1.IdentityServiceGrpc;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.proving.edge.SessionClaims;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.wallet.v1.GetWalletRequest;
import dev.lantern.wallet.v1.PresentTokensRequest;
import dev.lantern.wallet.v1.PresentTokensResponse;
import dev.lantern.wallet.v1.PresentedToken;
import dev.lantern.wallet.v1.Wallet;
import dev.lantern.wallet.v1.WalletServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One user at the edge, who keeps what it was given.
public final class Holder {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Channel channel;
  private final HttpClient http;
  private final StackAccess.Address edge;
  private final String session;
  private final long actId;

  private Holder(Channel channel, HttpClient http, StackAccess.Address edge, String session) {
    this.channel = channel;
    this.http = http;
    this.edge = edge;
    this.session = session;
    this.actId = SessionClaims.read(session).actId();
  }

  /// Opens a session. A refusal is io.grpc.StatusRuntimeException, here and below.
  public static Holder open(
      Channel toEdge, HttpClient http, StackAccess.Address edge, String assertion) {
    String session =
        IdentityServiceGrpc.newBlockingStub(toEdge)
            .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
            .createSession(CreateSessionRequest.newBuilder().setAssertion(assertion).build())
            .getSession();
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + session);
    Channel own =
        ClientInterceptors.intercept(toEdge, MetadataUtils.newAttachHeadersInterceptor(headers));
    return new Holder(own, http, edge, session);
  }

  public long actId() {
    return actId;
  }

  /// A grab in a round.
  public GrabResponse grab(String activityId, String sceneId, int rainId) {
    return PlayServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .grab(
            GrabRequest.newBuilder()
                .setActivityId(activityId)
                .setSceneId(sceneId)
                .setRainId(rainId)
                .build());
  }

  /// Hands copies in over gRPC.
  public List<PresentedToken> present(List<SignedToken> tokens) {
    return wallets()
        .presentTokens(PresentTokensRequest.newBuilder().addAllTokens(tokens).build())
        .getTokensList();
  }

  /// The same over JSON. Throws IllegalStateException for an answer other than 200.
  public List<PresentedToken> presentAsJson(List<SignedToken> tokens) {
    var request = PresentTokensRequest.newBuilder().addAllTokens(tokens).build();
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://%s:%d/v1/tokens:present".formatted(edge.host(), edge.port())))
                  .timeout(DEADLINE)
                  .header("authorization", "Bearer " + session)
                  .header("content-type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(JsonFormat.printer().print(request)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("HTTP " + answer.statusCode() + ": " + answer.body());
      }
      var response = PresentTokensResponse.newBuilder();
      JsonFormat.parser().merge(answer.body(), response);
      return response.getTokensList();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("no answer of the contract: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("the edge does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// The wallet, with copies given in the call or without.
  public Wallet wallet(String activityId, List<SignedToken> tokens) {
    return wallets()
        .getWallet(
            GetWalletRequest.newBuilder().setActivityId(activityId).addAllTokens(tokens).build())
        .getWallet();
  }

  private WalletServiceGrpc.WalletServiceBlockingStub wallets() {
    return WalletServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
