package dev.lantern.ordercenter.operator;

import com.google.protobuf.ByteString;

/// A change an operator asks for.
///
/// @param requestId the operator's own name for it
/// @param action what is asked, such as `budget.adjust`
/// @param target what is changed, such as a budget's id
/// @param digest 32 bytes over what is asked: tells whether a request is the same one again
/// @param actor who asks
/// @param reason why, in the operator's words
public record OperatorRequest(
    String requestId,
    String action,
    String target,
    ByteString digest,
    String actor,
    String reason) {}
