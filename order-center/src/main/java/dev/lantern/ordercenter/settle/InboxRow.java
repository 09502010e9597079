package dev.lantern.ordercenter.settle;

import com.google.protobuf.ByteString;

/// A row of `inbox`: an accepted order that is not booked yet.
///
/// @param record an `AcceptedOrder`, as the accept log would hold it
public record InboxRow(long actId, String orderNo, ByteString record) {}
