package dev.lantern.ordercenter.inquiry;

import dev.lantern.order.v1.Balance;
import dev.lantern.order.v1.GetBalancesRequest;
import dev.lantern.order.v1.GetBalancesResponse;
import dev.lantern.order.v1.ListPostingsRequest;
import dev.lantern.order.v1.ListPostingsResponse;
import dev.lantern.order.v1.Posting;
import dev.lantern.ordercenter.inquiry.UserBooks.Moved;
import dev.lantern.ordercenter.inquiry.UserBooks.Standing;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.ordercenter.settle.Purse;
import dev.lantern.runtime.identity.RequestContext;
import java.util.List;

/// A user's balances and postings as services and operators read them, child by child.
public final class BooksInquiry {
  private final UserBooks books;
  private final Inspection inspection;

  public BooksInquiry(UserBooks books, Inspection inspection) {
    this.books = books;
    this.inspection = inspection;
  }

  public GetBalancesResponse balances(GetBalancesRequest request, RequestContext context) {
    List<String> children = request.getChildActivityIdsList();
    inspection.note(
        context,
        "balances.get",
        request.getActId(),
        String.join(", ", children),
        request.getReason());
    GetBalancesResponse.Builder response = GetBalancesResponse.newBuilder();
    books.balances(request.getActId(), children).stream()
        .map(BooksInquiry::balance)
        .forEach(response::addBalances);
    return response.build();
  }

  public ListPostingsResponse postings(ListPostingsRequest request, RequestContext context) {
    String child = request.getChildActivityId();
    String list = "postings/" + request.getActId() + "/" + child;
    String after = Cursor.read(list, request.getPageToken(), 1).map(List::getFirst).orElse("");
    inspection.note(context, "postings.list", request.getActId(), child, request.getReason());
    int size = PageSize.of(request.getPageSize());
    List<Moved> found = books.postings(request.getActId(), child, after, size + 1);
    ListPostingsResponse.Builder response = ListPostingsResponse.newBuilder();
    found.stream().limit(size).map(BooksInquiry::posting).forEach(response::addPostings);
    if (found.size() > size) {
      response.setNextPageToken(Cursor.write(list, found.get(size - 1).postingId()));
    }
    return response.build();
  }

  private static Balance balance(Standing standing) {
    return Balance.newBuilder()
        .setActivityId(standing.childActivityId())
        .setPurse(purse(standing.purse()))
        .setBookedFen(standing.bookedFen())
        .setHeldFen(standing.heldFen())
        .setIncomeFen(standing.incomeFen())
        .build();
  }

  private static Posting posting(Moved moved) {
    return Posting.newBuilder()
        .setPostingId(moved.postingId())
        .setActivityId(moved.childActivityId())
        .setPurse(purse(moved.purse()))
        .setDebitAccount(moved.debitAccount())
        .setCreditAccount(moved.creditAccount())
        .setAmountFen(moved.amountFen())
        .setOrderNo(moved.orderNo())
        .setPostTime(Times.toProto(moved.postedAt()))
        .build();
  }

  private static dev.lantern.wallet.v1.Purse purse(Purse purse) {
    return switch (purse) {
      case CASH -> dev.lantern.wallet.v1.Purse.PURSE_CASH;
      case VIDEO_SUBSIDY -> dev.lantern.wallet.v1.Purse.PURSE_VIDEO_SUBSIDY;
    };
  }
}
