package dev.lantern.proving.place;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.Status;
import dev.lantern.campaign.v1.ApplyCampaignRequest;
import dev.lantern.campaign.v1.CampaignServiceGrpc;
import dev.lantern.campaign.v1.Revision;
import dev.lantern.order.v1.Budget;
import dev.lantern.order.v1.BudgetServiceGrpc;
import dev.lantern.order.v1.CloseLeasesRequest;
import dev.lantern.order.v1.CloseLeasesResponse;
import dev.lantern.order.v1.GetBudgetRequest;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/// Calls order-center as an operator does: mTLS with the operator's certificate. A refusal is
/// io.grpc.StatusRuntimeException.
public final class Operator implements AutoCloseable {
  private static final long DEADLINE_S = 5;
  private static final String AUTHORITY = "order-center";

  private final ManagedChannel channel;

  private Operator(ManagedChannel channel) {
    this.channel = channel;
  }

  /// At one instance of order-center.
  public static Operator at(StackAccess.Address address, StackAccess.OperatorTls tls) {
    return at(address, tls, AUTHORITY);
  }

  /// At any server that knows operators, by the name in its certificate.
  public static Operator at(
      StackAccess.Address address, StackAccess.OperatorTls tls, String authority) {
    try {
      ChannelCredentials credentials =
          TlsChannelCredentials.newBuilder()
              .keyManager(tls.certificate().toFile(), tls.key().toFile())
              .trustManager(tls.authority().toFile())
              .build();
      return new Operator(
          NettyChannelBuilder.forAddress(address.host(), address.port(), credentials)
              .overrideAuthority(authority)
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException("the operator's certificate cannot be read", e);
    }
  }

  /// For calls that have no method here.
  public Channel channel() {
    return channel;
  }

  /// Applies a tree's first revision; it takes effect as soon as allowed.
  public Revision apply(String document, String requestId, String reason) {
    return CampaignServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
        .applyCampaign(
            ApplyCampaignRequest.newBuilder()
                .setDocument(document)
                .setRequestId(requestId)
                .setAuthor("rain")
                .setReason(reason)
                .build())
        .getRevision();
  }

  public CloseLeasesResponse closeLeases(String budgetId, String requestId) {
    return BudgetServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
        .closeLeases(
            CloseLeasesRequest.newBuilder()
                .setBudgetId(budgetId)
                .setRequestId(requestId)
                .setReason("the rain is over")
                .build());
  }

  /// Closes a budget's leases, those too whose clients are waited for (L7).
  public CloseLeasesResponse endPresentation(String budgetId, String requestId) {
    return BudgetServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
        .closeLeases(
            CloseLeasesRequest.newBuilder()
                .setBudgetId(budgetId)
                .setRequestId(requestId)
                .setReason("everybody has presented")
                .setEndPresentation(true)
                .build());
  }

  public Budget budget(String budgetId) {
    return BudgetServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
        .getBudget(GetBudgetRequest.newBuilder().setBudgetId(budgetId).build())
        .getBudget();
  }

  /// What a refusal says of each field, for people; empty where it says nothing.
  public static String problems(Throwable refusal) {
    Status status = StatusProto.fromThrowable(refusal);
    var lines = new StringBuilder();
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        try {
          if (detail.is(BadRequest.class)) {
            detail
                .unpack(BadRequest.class)
                .getFieldViolationsList()
                .forEach(v ->
                    lines
                        .append("\n  ")
                        .append(v.getField())
                        .append(' ')
                        .append(v.getDescription()));
          }
        } catch (InvalidProtocolBufferException unreadable) {
          lines.append("\n  an unreadable detail");
        }
      }
    }
    return lines.toString();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
