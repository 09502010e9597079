package dev.lantern.tokenservice;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.SignTokensRequest;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc;
import dev.lantern.token.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import dev.lantern.token.v1.TokenVerdict;
import dev.lantern.token.v1.VerifyTokensRequest;
import dev.lantern.tokenservice.token.Samples;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/// Calls of a server, by whoever may make them.
record Client(TestServer server) {

  TokenServiceBlockingStub as(String caller) {
    return TokenServiceGrpc.newBlockingStub(server.channelOf(caller));
  }

  List<SignedToken> sign(Lane lane, int count) {
    List<ByteString> payloads =
        LongStream.rangeClosed(1, count)
            .mapToObj(actId -> Samples.token(actId).toByteString())
            .toList();
    return as("order-center")
        .signTokens(
            SignTokensRequest.newBuilder()
                .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
                .setLane(lane)
                .addAllPayloads(payloads)
                .build())
        .getTokensList();
  }

  /// VALID, or the problem.
  List<String> verify(Lane lane, List<SignedToken> tokens) {
    return as("wallet-api")
        .verifyTokens(
            VerifyTokensRequest.newBuilder()
                .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
                .setLane(lane)
                .addAllTokens(tokens)
                .build())
        .getVerdictsList()
        .stream()
        .map(Client::word)
        .toList();
  }

  static ErrorInfo refusal(Runnable call) {
    var e = catchThrowableOfType(StatusRuntimeException.class, call::run);
    var status = Objects.requireNonNull(StatusProto.fromThrowable(e));
    try {
      for (var detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class);
        }
      }
    } catch (InvalidProtocolBufferException bad) {
      throw new AssertionError("unreadable details", bad);
    }
    throw new AssertionError("no ErrorInfo in " + status);
  }

  private static String word(TokenVerdict verdict) {
    return verdict.getValid() ? "VALID" : verdict.getProblem();
  }
}
