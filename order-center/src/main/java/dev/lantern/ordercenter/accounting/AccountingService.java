package dev.lantern.ordercenter.accounting;

import dev.lantern.order.v1.AccountingServiceGrpc;
import dev.lantern.order.v1.EnterTokensRequest;
import dev.lantern.order.v1.EnterTokensResponse;
import dev.lantern.order.v1.ForceSettleRequest;
import dev.lantern.order.v1.ForceSettleResponse;
import dev.lantern.order.v1.ForcedOrder;
import dev.lantern.order.v1.GetBalancesRequest;
import dev.lantern.order.v1.GetBalancesResponse;
import dev.lantern.order.v1.ListPostingsRequest;
import dev.lantern.order.v1.ListPostingsResponse;
import dev.lantern.order.v1.RemainingOrder;
import dev.lantern.ordercenter.inquiry.BooksInquiry;
import dev.lantern.ordercenter.present.Presentation;
import dev.lantern.ordercenter.present.PresentedMessages;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;

/// The contract `lantern.order.v1.AccountingService`.
public final class AccountingService extends AccountingServiceGrpc.AccountingServiceImplBase {
  private final UserForcing forcing;
  private final BooksInquiry books;
  private final Presentation presentation;

  public AccountingService(UserForcing forcing, BooksInquiry books, Presentation presentation) {
    this.forcing = forcing;
    this.books = books;
    this.presentation = presentation;
  }

  @Override
  public void enterTokens(
      EnterTokensRequest request, StreamObserver<EnterTokensResponse> observer) {
    EnterTokensResponse.Builder response = EnterTokensResponse.newBuilder();
    presentation.enter(request.getActId(), request.getTokensList()).stream()
        .map(PresentedMessages::of)
        .forEach(response::addTokens);
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void getBalances(
      GetBalancesRequest request, StreamObserver<GetBalancesResponse> observer) {
    observer.onNext(books.balances(request, RequestContext.current()));
    observer.onCompleted();
  }

  @Override
  public void listPostings(
      ListPostingsRequest request, StreamObserver<ListPostingsResponse> observer) {
    observer.onNext(books.postings(request, RequestContext.current()));
    observer.onCompleted();
  }

  @Override
  public void forceSettle(
      ForceSettleRequest request, StreamObserver<ForceSettleResponse> observer) {
    UserForcing.Forced forced = forcing.settle(request.getActId(), request.getActivityId());
    ForceSettleResponse.Builder response =
        ForceSettleResponse.newBuilder().setKnownCount(forced.known());
    forced
        .booked()
        .forEach(order ->
            response.addBooked(
                ForcedOrder.newBuilder()
                    .setOrderNo(order.orderNo())
                    .setAmountFen(order.amountFen())));
    forced
        .remaining()
        .forEach(order ->
            response.addRemaining(
                RemainingOrder.newBuilder()
                    .setOrderNo(order.orderNo())
                    .setAmountFen(order.amountFen())
                    .setState(order.state())
                    .setReason(order.reason())));
    observer.onNext(response.build());
    observer.onCompleted();
  }
}
