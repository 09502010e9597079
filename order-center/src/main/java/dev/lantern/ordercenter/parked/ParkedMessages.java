package dev.lantern.ordercenter.parked;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.Award;
import dev.lantern.order.v1.ParkedKind;
import dev.lantern.order.v1.ParkedTotal;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.runtime.errors.Refused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/// The contract's messages and the domain's values.
final class ParkedMessages {
  private static final int KEY_PARTS = 3;

  private ParkedMessages() {}

  static ParkedQuery query(dev.lantern.order.v1.ParkedFilter filter) {
    return new ParkedQuery(
        filter.getActivityId(),
        filter.getReason(),
        filter.hasAcceptedBefore()
            ? Optional.of(Times.toInstant(filter.getAcceptedBefore()))
            : Optional.empty(),
        filter.getActId());
  }

  static Optional<ParkedItem.Kind> kind(ParkedKind kind) {
    return switch (kind) {
      case PARKED_KIND_ORDER -> Optional.of(ParkedItem.Kind.ORDER);
      case PARKED_KIND_RETRYING -> Optional.of(ParkedItem.Kind.RETRYING);
      case PARKED_KIND_CONFLICT -> Optional.of(ParkedItem.Kind.CONFLICT);
      case PARKED_KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  private static ParkedKind kind(ParkedItem.Kind kind) {
    return switch (kind) {
      case ORDER -> ParkedKind.PARKED_KIND_ORDER;
      case RETRYING -> ParkedKind.PARKED_KIND_RETRYING;
      case CONFLICT -> ParkedKind.PARKED_KIND_CONFLICT;
    };
  }

  static dev.lantern.order.v1.ParkedItem item(ParkedItem item) {
    var message =
        dev.lantern.order.v1.ParkedItem.newBuilder()
            .setKind(kind(item.kind()))
            .setActId(item.key().actId())
            .setOrderNo(item.key().orderNo())
            .setActivityId(item.activityId())
            .setAward(
                Award.newBuilder()
                    .setAwardType(item.given())
                    .setRewardId(item.rewardId())
                    .setAmountFen(item.amountFen())
                    .setFallback(item.fallback())
                    .setTitle(item.title()))
            .setBudgetId(item.budgetId())
            .setReason(item.reason())
            .setTries(item.tries())
            .setAcceptTime(Times.toProto(item.acceptedAt()))
            .setCountedLeaseId(item.countedLease())
            .setUnreadable(item.unreadable());
    item.nextAt().ifPresent(at -> message.setNextTime(Times.toProto(at)));
    if (!item.key().promise().isEmpty()) {
      message.setConflictId(ConflictId.of(item.key().promise()));
    }
    return message.build();
  }

  static ParkedTotal total(ParkedItem.Total total) {
    return ParkedTotal.newBuilder()
        .setKind(kind(total.kind()))
        .setReason(total.reason())
        .setCount(total.count())
        .setAmountFen(total.amountFen())
        .build();
  }

  static String token(ParkedItem.Key key) {
    return key.actId() + "/" + key.orderNo() + "/" + key.promise();
  }

  static ParkedItem.Key after(String pageToken) {
    if (pageToken.isEmpty()) {
      return ParkedItem.Key.FIRST;
    }
    List<String> parts = List.of(pageToken.split("/", -1));
    try {
      if (parts.size() == KEY_PARTS) {
        return new ParkedItem.Key(Long.parseLong(parts.get(0)), parts.get(1), parts.get(2));
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw Refused.of(Reason.REASON_INVALID_FIELD, "not a page token of this list")
        .field("page_token");
  }

  /// Tells whether two requests ask the same.
  static ByteString digest(Message asked) {
    try {
      return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(asked.toByteArray()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
